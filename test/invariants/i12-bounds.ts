import type { Item } from '../../shared/dynamodb/index.ts';
import type { Invariant } from './evidence.ts';
import { groupLeads, numberOf, textOf } from './reading.ts';

const within = (value: number, most: number): boolean => value >= 0 && value <= most;

const findOutOfBounds = (state: Item | undefined): string[] => {
  if (state?.score === undefined) return [];
  const dimensions = Object.entries(
    JSON.parse(textOf(state, 'dimensions') || '{}') as Record<string, number>,
  );
  return [
    ...(within(numberOf(state, 'score'), 100) ? [] : [`score ${state.score.N}`]),
    ...(within(numberOf(state, 'coverage'), 1) ? [] : [`coverage ${state.coverage?.N}`]),
    ...dimensions.filter(([, value]) => !within(value, 100)).map(([name, value]) => `${name} ${value}`),
  ];
};

export const scoreWithinBounds: Invariant = {
  id: 'I12',
  rule: 'a score is finite and within 0 to 100 for every input that is accepted',
  check: (evidence) =>
    [...groupLeads(evidence).values()].flatMap(({ leadId, state }) =>
      findOutOfBounds(state).map((what) => `${leadId} has ${what}`),
    ),
  checkHistory: ({ writes }) =>
    writes
      .filter(({ key }) => key.sk === 'STATE')
      .flatMap(({ key, step, after }) =>
        findOutOfBounds(after).map((what) => `${key.pk} had ${what} at step ${step}`),
      ),
};
