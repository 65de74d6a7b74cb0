import type * as z from 'zod';
import { type Operator, operators } from './all.ts';
import type { OperatorDefinition } from './operator.ts';

export type { Plain } from '../document/plain.ts';
export { type Operator, operators } from './all.ts';
export { isIn } from './equality.ts';
export {
  cutAfter,
  cutAt,
  type Distinctions,
  type Fragment,
  type KnownValue,
  type OperatorDefinition,
  type ValueKind,
} from './operator.ts';

/** The operators of one condition with their operands. All of them must hold. */
export type ValueTests = {
  readonly [Name in Operator]?: z.infer<ReturnType<(typeof operators)[Name]['schema']>> | undefined;
};

export const operatorNames = Object.keys(operators) as Operator[];

export interface UsedOperator {
  readonly name: Operator;
  readonly operator: OperatorDefinition;
  readonly operand: NonNullable<ValueTests[Operator]>;
}

/** Returns the operators that a condition uses, in the order of the record. */
export const listUsedOperators = (tests: ValueTests): UsedOperator[] =>
  operatorNames.flatMap((name) => {
    const operand = tests[name];
    return operand === undefined ? [] : [{ name, operator: operators[name], operand }];
  });
