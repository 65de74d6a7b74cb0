import { no, yes } from '../truth.ts';
import type { OperatorDefinition } from './operator.ts';

export const known: OperatorDefinition<boolean> = {
  schema: (zod) => zod.boolean(),
  description: 'true: a value is known; false: none is',
  fits: ['text', 'number', 'yesNo', 'list'],
  holds: (operand) => () => operand,
  missing: (operand) => (operand ? no : yes),
  distinguishes: () => ({}),
  samples: () => [true, false],
};
