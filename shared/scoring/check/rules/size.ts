import { collectCriterionPaths } from '../../document/condition-paths.ts';
import { collectNodes } from '../../document/walk.ts';
import type { Rule } from '../finding.ts';

const mostConditions = 2_000;

/** The rule that limits the conditions of a model: they determine what a score costs. */
export const sizeRules: readonly Rule[] = [
  {
    reads: [],
    find: (document) => {
      const others = collectCriterionPaths(document).filter(({ criterion }) => !('when' in criterion));
      const count = collectNodes(document).length + others.length;
      return count > mostConditions
        ? [
            {
              severity: 'error',
              path: '(the whole)',
              given: `${count} conditions`,
              allowed: `at most ${mostConditions}`,
            },
          ]
        : [];
    },
  },
];
