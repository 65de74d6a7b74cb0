import { stages } from '../../../../events/index.ts';
import { reaches } from '../../compile/reaches.ts';
import { error, type Rule, warning } from '../finding.ts';

const sum = (weights: Readonly<Record<string, number>>): number =>
  Object.values(weights).reduce((total, weight) => total + weight, 0);

const someWeight: Rule = {
  reads: ['scorecards'],
  find: ({ scorecards }) =>
    stages.flatMap((stage) => {
      const weights = scorecards[stage];
      return weights === undefined || sum(weights) > 0
        ? []
        : [error(`scorecards.${stage}`, weights, 'at least one weight above 0')];
    }),
};

const weighed: Rule = {
  reads: ['dimensions', 'scorecards'],
  find: ({ dimensions, scorecards }) =>
    Object.keys(dimensions)
      .filter((name) =>
        Object.values(scorecards).every(
          (weights) => !Object.hasOwn(weights ?? {}, name) || weights?.[name] === 0,
        ),
      )
      .map((name) =>
        warning(`dimensions.${name}`, name, 'a dimension that some scorecard weighs; this one never counts'),
      ),
};

const bantThreshold: Rule = {
  reads: ['bant'],
  find: ({ bant }) => {
    if (bant === undefined) return [];
    const most = sum(bant.weights);
    return reaches(most, bant.threshold)
      ? []
      : [error('bant.threshold', bant.threshold, `at most ${most}, which the letters' weights sum to`)];
  },
};

export const weightRules: readonly Rule[] = [someWeight, weighed, bantThreshold];
