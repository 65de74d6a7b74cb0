import type { Cut } from '../candidates/number-classes.ts';
import { readNumber } from '../values/read-plain.ts';
import { cutAfter, cutAt, type OperatorDefinition } from './operator.ts';

const bound = (
  description: string,
  passes: (value: number, operand: number) => boolean,
  cut: (operand: number) => Cut,
): OperatorDefinition<number> => ({
  schema: (zod) => zod.number(),
  description,
  fits: ['number'],
  holds: (operand) => (value) => {
    const number = readNumber(value);
    return number !== undefined && passes(number, operand);
  },
  distinguishes: (operand) => ({ cuts: [cut(operand)] }),
  samples: (values) => values.filter((value) => typeof value === 'number'),
});

export const atLeast = bound('this or more', (value, least) => value >= least, cutAt);
export const atMost = bound('this or less', (value, most) => value <= most, cutAfter);
export const above = bound('more than this', (value, least) => value > least, cutAfter);
export const below = bound('less than this', (value, most) => value < most, cutAt);
