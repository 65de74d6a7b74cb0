import type * as z from 'zod';
import { type Plain, plainSchema } from '../document/plain.ts';
import type { OperatorDefinition, ValueKind } from './operator.ts';

const fits: readonly ValueKind[] = ['text', 'number', 'yesNo'];

const one = {
  schema: plainSchema,
  fits,
  distinguishes: (operand: Plain) => ({ literals: [operand] }),
  samples: (values: readonly Plain[]) => values,
};

const several = {
  schema: (zod: typeof z) => zod.array(plainSchema(zod)).min(1).max(100),
  fits,
  distinguishes: (operand: readonly Plain[]) => ({ literals: operand }),
  samples: (values: readonly Plain[]) =>
    [...values.map((value) => [value]), values.slice(1)].filter(({ length }) => length > 0),
};

export const is: OperatorDefinition<Plain> = {
  ...one,
  description: 'equals; text with its upper and lower case',
  holds: (operand) => (value) => value === operand,
};

export const isNot: OperatorDefinition<Plain> = {
  ...one,
  description: 'is known and does not equal this',
  holds: (operand) => (value) => value !== operand,
};

export const isIn: OperatorDefinition<Plain[]> = {
  ...several,
  description: 'equals one of these',
  holds: (operand) => {
    const among = new Set<unknown>(operand);
    return (value) => among.has(value);
  },
};

export const notIn: OperatorDefinition<Plain[]> = {
  ...several,
  description: 'is known and equals none of these',
  holds: (operand) => {
    const among = new Set<unknown>(operand);
    return (value) => !among.has(value);
  },
};
