import { type CompiledCriterion, compileCriterion } from '../../compile/criterion.ts';
import { listFactNames } from '../../compile/decay.ts';
import { createFactLayout } from '../../compile/fact-layout.ts';
import { fullWeight, oldestAge, type Weights, weightAt, weightsOf } from '../../decay/weights.ts';
import { collectCriterionPaths } from '../../document/condition-paths.ts';
import type { Criterion } from '../../document/criterion.ts';
import type { Decay } from '../../document/decay.ts';
import { isReader, listParts } from '../../document/walk.ts';
import { longestWindow } from '../../facts.ts';
import { error, type Finding, type Rule, warning } from '../finding.ts';

const countsAnswers = (criterion: Criterion): boolean => 'each' in criterion && 'answering' in criterion.each;

/** The rule that points which decay are given for facts with an age of their own. */
const datedFacts: Rule = {
  reads: ['dimensions', 'bant', 'slide', 'lanes', 'answering', 'questions'],
  find: (document) =>
    collectCriterionPaths(document).flatMap(({ path, criterion }) => {
      const { decay } = criterion;
      if (decay === undefined) return [];
      if (countsAnswers(criterion)) {
        return [
          error(`${path}.decay`, decay, 'no decay beside each answering; answers are counted without age'),
        ];
      }
      return listFactNames(criterion, document).length > 0
        ? []
        : [
            error(
              `${path}.decay`,
              decay,
              'no decay: nothing that this criterion reads has an age; attributes, answers, activities and outcomes have one',
            ),
          ];
    }),
};

/** Returns whether a criterion gives points only as long as nothing is known: nothing grows old then. */
const asksForNothing = (criterion: Criterion): boolean => {
  if (!('when' in criterion)) return false;
  const parts = listParts(criterion.when);
  return (
    !parts.some((part) => 'not' in part) &&
    parts.filter(isReader).every((part) => 'known' in part && part.known === false)
  );
};

interface Window {
  /** The path of the window within the criterion. */
  readonly path: string;
  readonly days: number;
}

/** Returns the window of a criterion that reads one activity and nothing else, whose age is then within the window. */
const findWindow = (criterion: Criterion): Window | undefined => {
  const [path, reader] =
    'each' in criterion
      ? (['each', criterion.each] as const)
      : 'when' in criterion
        ? (['when', criterion.when] as const)
        : [];
  return reader !== undefined && 'activity' in reader && reader.withinDays !== undefined
    ? { path: `${path}.withinDays`, days: reader.withinDays }
    : undefined;
};

const hours = (days: number): number => days * 24;

const countDays = (days: number): string => (days === 1 ? '1 day' : `${days} days`);

/** The share of the points below which nothing is left that matters. */
const leastShare = 0.01;

/** Returns the first whole day on which less than a share of the points is left. */
const findDayBelow = (weights: Weights, share: number): number =>
  Math.ceil(weights.findIndex((weight) => weight < share * fullWeight) / 24);

const isWorthless = (decay: Decay, weights: Weights, days: number): boolean =>
  // Evenly falling points come near to nothing shortly before they end; that is their shape.
  !('linearDays' in decay) && weightAt(weights, hours(days) - 1) < leastShare * fullWeight;

const findFaults = (path: string, criterion: Criterion, decay: Decay, span: number): Finding[] => {
  if (asksForNothing(criterion)) {
    return [
      warning(
        `${path}.decay`,
        decay,
        'a decay of points that are given for what is known; these are given for what is not',
      ),
    ];
  }
  const weights = weightsOf(decay);
  const window = findWindow(criterion);
  const days = window?.days ?? longestWindow;
  const end = weights.indexOf(0);
  if (window !== undefined && end >= 0 && hours(window.days) > end) {
    const most = Math.ceil(end / 24);
    return [
      warning(
        `${path}.${window.path}`,
        window.days,
        `at most ${most}; by its decay nothing is left of the points after ${countDays(most)}`,
      ),
    ];
  }
  if (window !== undefined && isWorthless(decay, weights, days)) {
    return [
      warning(
        `${path}.decay`,
        decay,
        `a decay that leaves 1 % of the points to the end of its window of ${countDays(days)}; after ${countDays(findDayBelow(weights, leastShare))} less is left`,
      ),
    ];
  }
  const lost = span * (1 - weightAt(weights, Math.min(hours(days), oldestAge) - 1) / fullWeight);
  return lost < 0.005
    ? [
        warning(
          `${path}.decay`,
          decay,
          `a decay that takes a hundredth of a point within ${countDays(days)}, after which the facts no longer count; this one takes less`,
        ),
      ]
    : [];
};

/** The rule that a decay shows, and doesn't end before the window of the same criterion does. */
const visible: Rule = {
  reads: ['dimensions', 'questions'],
  find: (document) => {
    const layout = createFactLayout(document.questions);
    const spanOf = (criterion: Criterion): CompiledCriterion['span'] =>
      compileCriterion(criterion, layout).span;
    return collectCriterionPaths(document).flatMap(({ path, criterion }) =>
      criterion.decay === undefined || countsAnswers(criterion)
        ? []
        : findFaults(path, criterion, criterion.decay, spanOf(criterion)),
    );
  },
};

export const decayRules: readonly Rule[] = [datedFacts, visible];
