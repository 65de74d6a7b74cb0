import * as z from 'zod';
import { nameSchema, outcomes } from '../../events/index.ts';
import { longestWindow } from './facts.ts';
import { letters } from './letters.ts';

const plain = z.union([z.string().max(200), z.number(), z.boolean()], {
  error: 'a string of at most 200 characters, a number or a boolean',
});
const list = z.array(plain).min(1).max(100);

/** Tests of one value. Several in one condition must all hold. */
const valueOperators = {
  is: plain.optional().meta({ description: 'equals; text with its upper and lower case' }),
  isNot: plain.optional(),
  in: list.optional().meta({ description: 'equals one of these' }),
  notIn: list.optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  above: z.number().optional(),
  below: z.number().optional(),
  contains: z.string().min(1).max(200).optional().meta({
    description: 'text contains this, or a list has this entry; case is ignored',
  }),
  startsWith: z.string().min(1).max(200).optional().meta({ description: 'case is ignored' }),
  endsWith: z.string().min(1).max(200).optional().meta({ description: 'case is ignored' }),
  known: z.boolean().optional().meta({ description: 'true: a value is known; false: none is' }),
};
export const valueOperatorNames = Object.keys(valueOperators) as (keyof typeof valueOperators)[];

const countOperators = {
  atLeast: z.int().min(0).optional(),
  atMost: z.int().min(0).optional(),
  withinDays: z.int().min(1).max(longestWindow).optional(),
};

const hasOperator = (given: object) => Object.keys(given).length > 1;
const needsOperator = { error: `at least one of ${valueOperatorNames.join(', ')} beside it` };

const attributeCondition = z
  .strictObject({ attribute: nameSchema, ...valueOperators })
  .refine(hasOperator, needsOperator);
const answerCondition = z
  .strictObject({ answer: nameSchema, ...valueOperators })
  .refine(hasOperator, needsOperator);
const activityCondition = z.strictObject({ activity: nameSchema, ...countOperators });
const outcomeCondition = z.strictObject({
  outcome: z.enum(outcomes),
  atLeast: z.int().min(0).optional(),
  atMost: z.int().min(0).optional(),
});
const bantCondition = z.strictObject({ bant: z.enum(letters), is: z.enum(['pass', 'fail', 'unknown']) });
const bantMetCondition = z.strictObject({ bantMet: z.boolean() });

export type ValueTests = Omit<z.infer<typeof attributeCondition>, 'attribute'>;
export type CountTests = Omit<z.infer<typeof activityCondition>, 'activity'>;

/**
 * A closed set of tests over a lead's facts, joined by `all`, `any` and `not`. There is no way to name code, a
 * pattern or a path: a condition costs what its size says, and sizes are capped.
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | z.infer<typeof attributeCondition>
  | z.infer<typeof answerCondition>
  | z.infer<typeof activityCondition>
  | z.infer<typeof outcomeCondition>
  | z.infer<typeof bantCondition>
  | z.infer<typeof bantMetCondition>;

const several = () => z.array(condition).min(1).max(50);

export const conditionKinds =
  'a condition: an object with one of all, any, not, attribute, answer, activity, outcome, bant, bantMet';

export const condition: z.ZodType<Condition> = z
  .lazy(() =>
    z.union(
      [
        z.strictObject({ all: several() }),
        z.strictObject({ any: several() }),
        z.strictObject({ not: condition }),
        attributeCondition,
        answerCondition,
        activityCondition,
        outcomeCondition,
        bantCondition,
        bantMetCondition,
      ],
      { error: conditionKinds },
    ),
  )
  .meta({ id: 'Condition', description: 'Tests over what is known of a lead' });
