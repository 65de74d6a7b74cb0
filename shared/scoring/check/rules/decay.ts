import { listFactNames } from '../../compile/decay.ts';
import { collectCriterionPaths } from '../../document/condition-paths.ts';
import { error, type Rule } from '../finding.ts';

/** The rule that points which decay are given for facts with an age of their own. */
const datedFacts: Rule = {
  reads: ['dimensions', 'bant', 'slide', 'lanes', 'answering', 'questions'],
  find: (document) =>
    collectCriterionPaths(document).flatMap(({ path, criterion }) => {
      const { decay } = criterion;
      if (decay === undefined) return [];
      if ('each' in criterion && 'answering' in criterion.each) {
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

export const decayRules: readonly Rule[] = [datedFacts];
