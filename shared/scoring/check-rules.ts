import { type Problem, showValue, stages } from '../../events/index.ts';
import type { Condition } from './condition.ts';
import type { ModelDocument } from './model.ts';

/** A rule over sections of a document that are each well-formed, and the sections that it reads. */
export interface Rule {
  readonly reads: readonly (keyof ModelDocument)[];
  readonly find: (document: ModelDocument) => Problem[];
}

const countConditions = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + countConditions(entry), 0);
  if (typeof value !== 'object' || value === null) return 0;
  const own = ['attribute', 'answer', 'activity', 'outcome', 'bant', 'all', 'any', 'not'].some((key) =>
    Object.hasOwn(value, key),
  );
  return (own ? 1 : 0) + Object.values(value).reduce<number>((sum, entry) => sum + countConditions(entry), 0);
};

const mostConditions = 2_000;

const conditionBudget = (document: ModelDocument): Problem[] => {
  const count = countConditions(document);
  return count > mostConditions
    ? [{ path: '(the whole)', given: `${count} conditions`, allowed: `at most ${mostConditions}` }]
    : [];
};

const scorecardProblems = ({ dimensions, scorecards }: ModelDocument): Problem[] =>
  stages.flatMap((stage) => {
    const weights = scorecards[stage];
    if (weights === undefined) return [];
    const unknownNames = Object.keys(weights)
      .filter((name) => !Object.hasOwn(dimensions, name))
      .map((name) => ({
        path: `scorecards.${stage}.${name}`,
        given: `the name ${showValue(name)}`,
        allowed: `a dimension of this model: ${Object.keys(dimensions).join(', ')}`,
      }));
    const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
    return total > 0
      ? unknownNames
      : [
          ...unknownNames,
          { path: `scorecards.${stage}`, given: showValue(weights), allowed: 'at least one weight above 0' },
        ];
  });

const repeated = (ids: readonly (readonly [path: string, id: string])[]): Problem[] => {
  const seen = new Map<string, string>();
  return ids.flatMap(([path, id]) => {
    const first = seen.get(id);
    if (first === undefined) {
      seen.set(id, path);
      return [];
    }
    return [{ path, given: showValue(id), allowed: `an id of its own; ${first} has this one` }];
  });
};

const repeatedIds = ({ dimensions, disqualifiers }: ModelDocument): Problem[] => [
  ...repeated(
    Object.entries(dimensions).flatMap(([name, { criteria }]) =>
      criteria.map((criterion, i) => [`dimensions.${name}.criteria[${i}].id`, criterion.id] as const),
    ),
  ),
  ...repeated(disqualifiers.map(({ id }, i) => [`disqualifiers[${i}].id`, id] as const)),
];

const bandProblems = ({ dimensions }: ModelDocument): Problem[] =>
  Object.entries(dimensions).flatMap(([name, { criteria }]) =>
    criteria.flatMap((criterion, i) => {
      if (!('bands' in criterion)) return [];
      const seen = new Set<number>();
      return criterion.bands.flatMap(({ from }, b) => {
        const again = seen.has(from);
        seen.add(from);
        return again
          ? [
              {
                path: `dimensions.${name}.criteria[${i}].bands[${b}].from`,
                given: String(from),
                allowed: 'a bound that no other band of this criterion has',
              },
            ]
          : [];
      });
    }),
  );

const tierProblems = ({ tiers: { excellent, good, risky, hysteresis } }: ModelDocument): Problem[] => {
  const problems: Problem[] = [];
  const mustExceed = (upper: string, high: number, lower: string, low: number) => {
    if (high <= low + hysteresis) {
      problems.push({
        path: `tiers.${upper}`,
        given: String(high),
        allowed: `more than tiers.${lower} plus the hysteresis, ${low + hysteresis}`,
      });
    }
  };
  mustExceed('excellent', excellent, 'good', good);
  mustExceed('good', good, 'risky', risky);
  if (risky <= hysteresis) {
    problems.push({
      path: 'tiers.risky',
      given: String(risky),
      allowed: `more than the hysteresis, ${hysteresis}`,
    });
  }
  return problems;
};

const readsBant = (condition: Condition): boolean => {
  if ('all' in condition) return condition.all.some(readsBant);
  if ('any' in condition) return condition.any.some(readsBant);
  if ('not' in condition) return readsBant(condition.not);
  return 'bant' in condition || 'bantMet' in condition;
};

/** BANT is worked out before all else, so its own rules can't ask for it; and to ask for it there must be rules. */
const bantProblems = ({ bant, dimensions, disqualifiers }: ModelDocument): Problem[] => {
  if (bant !== undefined) {
    return Object.entries(bant.letters).flatMap(([letter, { pass, fail }]) =>
      Object.entries({ pass, fail }).flatMap(([rule, condition]) =>
        condition !== undefined && readsBant(condition)
          ? [
              {
                path: `bant.letters.${letter}.${rule}`,
                given: showValue(condition),
                allowed: 'a condition that does not itself ask for BANT',
              },
            ]
          : [],
      ),
    );
  }
  const asking: [string, Condition][] = [
    ...Object.entries(dimensions).flatMap(([name, { criteria }]) =>
      criteria.flatMap((criterion, i): [string, Condition][] =>
        'when' in criterion ? [[`dimensions.${name}.criteria[${i}].when`, criterion.when]] : [],
      ),
    ),
    ...disqualifiers.flatMap(({ when, unless }, i): [string, Condition][] => [
      [`disqualifiers[${i}].when`, when],
      ...(unless === undefined ? [] : [[`disqualifiers[${i}].unless`, unless] as [string, Condition]]),
    ]),
  ];
  return asking
    .filter(([, condition]) => readsBant(condition))
    .map(([path, condition]) => ({
      path,
      given: showValue(condition),
      allowed: 'a condition without bant or bantMet, or a section bant in the model',
    }));
};

const bantThreshold = ({ bant }: ModelDocument): Problem[] => {
  if (bant === undefined) return [];
  const reachable = Object.values(bant.weights).reduce((sum, weight) => sum + weight, 0);
  return bant.threshold > reachable
    ? [
        {
          path: 'bant.threshold',
          given: String(bant.threshold),
          allowed: `at most ${reachable}, which the letters' weights sum to`,
        },
      ]
    : [];
};

/** What a schema can't say: that the parts of a model fit each other. */
export const rules: readonly Rule[] = [
  { reads: ['dimensions', 'disqualifiers', 'bant'], find: conditionBudget },
  { reads: ['dimensions', 'scorecards'], find: scorecardProblems },
  { reads: ['dimensions', 'disqualifiers'], find: repeatedIds },
  { reads: ['dimensions'], find: bandProblems },
  { reads: ['tiers'], find: tierProblems },
  { reads: ['bant', 'dimensions', 'disqualifiers'], find: bantProblems },
  { reads: ['bant'], find: bantThreshold },
];
