import { above, atLeast, atMost, below } from './bounds.ts';
import { is, isIn, isNot, notIn } from './equality.ts';
import { known } from './known.ts';
import type { OperatorDefinition } from './operator.ts';
import { contains, endsWith, hasWord, startsWith } from './texts.ts';

/**
 * Every operator by which a condition can test a value, in the order in which messages name them. To add an operator is
 * to add it here: the schema, the evaluator, the checks, the candidates, the benchmark and the property tests all read
 * this record.
 */
export const operators = {
  is,
  isNot,
  in: isIn,
  notIn,
  atLeast,
  atMost,
  above,
  below,
  contains,
  hasWord,
  startsWith,
  endsWith,
  known,
} satisfies Record<string, OperatorDefinition>;

export type Operator = keyof typeof operators;
