import type { OperatorDefinition } from '../../../shared/scoring/operators/index.ts';

/** An operator that Sluice does not have. No cuts describe it, so it says of values only which to try. */
export const multipleOf: OperatorDefinition<number> = {
  schema: (zod) => zod.int().min(2),
  description: 'a whole number of times this',
  fits: ['number'],
  holds: (operand) => (value) => typeof value === 'number' && value % operand === 0,
  distinguishes: (operand) => ({ examples: [operand, operand + 1] }),
  samples: (values) =>
    values.filter((value) => typeof value === 'number' && Number.isInteger(value) && value > 1) as number[],
};
