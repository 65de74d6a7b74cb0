import type { Item } from '../../../shared/dynamodb/index.ts';
import type { Invariant } from './evidence.ts';
import { numberOf, textOf } from './reading.ts';

const within = (value: number, most: number): boolean => value >= 0 && value <= most;

const outOfBounds = (state: Item): string[] => {
  const dimensions = Object.entries(
    JSON.parse(textOf(state, 'dimensions') || '{}') as Record<string, number>,
  );
  return [
    ...(within(numberOf(state, 'score'), 100) ? [] : [`score ${state.score?.N}`]),
    ...(within(numberOf(state, 'coverage'), 1) ? [] : [`coverage ${state.coverage?.N}`]),
    ...dimensions.filter(([, value]) => !within(value, 100)).map(([name, value]) => `${name} ${value}`),
  ];
};

export const scoreWithinBounds: Invariant = {
  id: 'I12',
  says: 'a score is finite and within 0 to 100 for every input that is accepted',
  check: ({ writes }) =>
    writes
      .filter(({ key, after }) => key.sk === 'STATE' && after?.score !== undefined)
      .flatMap(({ key, step, after }) =>
        outOfBounds(after as Item).map((what) => `${key.pk} had ${what} at step ${step}`),
      ),
};
