import { type Plain, plainSchema, type ZodParts } from '../document/plain.ts';
import { compileLiteral, compileLookup } from '../values/literals.ts';
import type { KnownValue, OperatorDefinition, ValueKind } from './operator.ts';

const fits: readonly ValueKind[] = ['text', 'number', 'yesNo'];

const one = {
  schema: plainSchema,
  fits,
  distinguishes: (operand: Plain) => ({ literals: [operand] }),
  samples: (values: readonly Plain[]) => values,
};

const several = {
  schema: (zod: ZodParts) => zod.array(plainSchema(zod)).min(1).max(100),
  fits,
  distinguishes: (operand: readonly Plain[]) => ({ literals: operand }),
  samples: (values: readonly Plain[]) =>
    [...values.map((value) => [value]), values.slice(1)].filter(({ length }) => length > 0),
};

const compileAmong = (literals: readonly Plain[]): ((value: KnownValue) => boolean) => {
  const find = compileLookup(literals.map((literal) => [literal, true] as const));
  return (value) => find(value) === true;
};

export const is: OperatorDefinition<Plain> = {
  ...one,
  description: 'equals; case is ignored',
  holds: compileLiteral,
};

export const isNot: OperatorDefinition<Plain> = {
  ...one,
  description: 'is known and does not equal this; case is ignored',
  holds: (operand) => {
    const equals = compileLiteral(operand);
    return (value) => !equals(value);
  },
};

export const isIn: OperatorDefinition<Plain[]> = {
  ...several,
  description: 'equals one of these; case is ignored',
  holds: compileAmong,
};

export const notIn: OperatorDefinition<Plain[]> = {
  ...several,
  description: 'is known and equals none of these; case is ignored',
  holds: (operand) => {
    const isOneOf = compileAmong(operand);
    return (value) => !isOneOf(value);
  },
};
