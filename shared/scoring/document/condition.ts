import * as z from 'zod';
import { nameSchema, outcomes } from '../../../events/index.ts';
import { longestWindow } from '../facts.ts';
import { type Operator, operatorNames, operators } from '../operators/index.ts';
import { answerFlags } from './answer-flags.ts';
import { letters } from './letters.ts';
import { slideParts, slideStatuses } from './slide-parts.ts';
import { subjectShapes } from './subject.ts';
import { unionBy } from './union-by.ts';
import { zodParts } from './zod-parts.ts';

/** Fields for the operators that test a value. Several in one condition must all hold. */
const valueOperators = Object.fromEntries(
  Object.entries(operators).map(([name, { schema, description }]) => [
    name,
    schema(zodParts).optional().meta({ description }),
  ]),
) as { [Name in Operator]: z.ZodOptional<ReturnType<(typeof operators)[Name]['schema']>> };

const hasOperator = (given: object) => operatorNames.some((name) => Object.hasOwn(given, name));
const needsOperator = { error: `at least one of ${operatorNames.join(', ')} beside it` };

const valueCondition = <T extends z.ZodRawShape>(subject: T) =>
  z.strictObject({ ...subject, ...valueOperators }).refine(hasOperator, needsOperator);

const valueConditions = {
  attribute: valueCondition(subjectShapes.attribute),
  answer: valueCondition(subjectShapes.answer),
  words: valueCondition(subjectShapes.words),
  figures: valueCondition(subjectShapes.figures),
  lane: valueCondition(subjectShapes.lane),
  laneFigure: valueCondition(subjectShapes.laneFigure),
  laneStanding: valueCondition(subjectShapes.laneStanding),
} as const;
export type ValueCondition = z.infer<(typeof valueConditions)[keyof typeof valueConditions]>;

const countOperators = { atLeast: z.int().min(0).optional(), atMost: z.int().min(0).optional() };

const activityCondition = z.strictObject({
  activity: nameSchema,
  ...countOperators,
  withinDays: z.int().min(1).max(longestWindow).optional(),
});
const outcomeCondition = z.strictObject({ outcome: z.enum(outcomes), ...countOperators });
const answeringCondition = z.strictObject({
  answering: z.enum(answerFlags).meta({ description: 'how many of the answers are so' }),
  ...countOperators,
});
const bantCondition = z.strictObject({ bant: z.enum(letters), is: z.enum(['pass', 'fail', 'unknown']) });
const bantMetCondition = z.strictObject({ bantMet: z.boolean() });
const slideCondition = z.strictObject({ slide: z.enum(slideParts), is: z.enum(slideStatuses) });
const demoReadyCondition = z.strictObject({ demoReady: z.boolean() });

export type CountTests = Omit<z.infer<typeof activityCondition>, 'activity'>;

/** Conditions that are joined into one. */
type JoinedCondition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly some: readonly Condition[]; readonly atLeast: number };

/** A condition that reads something itself, rather than joining others. */
export type LeafCondition =
  | ValueCondition
  | z.infer<typeof activityCondition>
  | z.infer<typeof outcomeCondition>
  | z.infer<typeof answeringCondition>
  | z.infer<typeof bantCondition>
  | z.infer<typeof bantMetCondition>
  | z.infer<typeof slideCondition>
  | z.infer<typeof demoReadyCondition>;

/**
 * A closed set of tests over a lead's facts, joined by `all`, `any`, `not` and `some`. There is no way to name code,
 * a pattern or a path: a condition costs what its size says, and sizes are capped.
 */
export type Condition = JoinedCondition | LeafCondition;

const several = () => z.array(condition).min(1).max(50);

/** The fields that determine the kind of a condition: it has exactly one of them. */
export const conditionFields = [
  'all',
  'any',
  'not',
  'some',
  ...Object.keys(subjectShapes),
  'activity',
  'outcome',
  'answering',
  'bant',
  'bantMet',
  'slide',
  'demoReady',
];

const conditionKinds = `a condition: an object with one of ${conditionFields.join(', ')}`;

export const condition: z.ZodType<Condition> = z
  .lazy(() =>
    unionBy(
      {
        all: z.strictObject({ all: several() }),
        any: z.strictObject({ any: several() }),
        not: z.strictObject({ not: condition }),
        some: z.strictObject({ some: several(), atLeast: z.int().min(1).max(50) }),
        ...valueConditions,
        activity: activityCondition,
        outcome: outcomeCondition,
        answering: answeringCondition,
        bant: bantCondition,
        bantMet: bantMetCondition,
        slide: slideCondition,
        demoReady: demoReadyCondition,
      },
      conditionKinds,
    ),
  )
  .meta({ id: 'Condition', description: 'Tests over what is known of a lead' });
