import * as z from 'zod';
import { nameSchema } from '../../../events/index.ts';
import { plain, sentence } from './fields.ts';

/** Returns the schema of a record with at most `most` names. */
const atMost = <T extends z.ZodType>(most: number, value: T) =>
  z
    .record(nameSchema, value)
    .refine((given) => Object.keys(given).length <= most, { error: `at most ${most} names` });

const values = z.array(plain).min(1).max(100).meta({ description: 'every value that there is' });
const range = { from: z.number().optional(), to: z.number().optional() };

const steady = z
  .strictObject({
    withinDays: z.int().min(1).max(3_650).optional().meta({
      description: 'only answers given at most so many days apart; ever if left out',
    }),
    tolerance: z
      .number()
      .min(0)
      .optional()
      .meta({ description: 'numbers may differ by so much; 0 if left out' }),
  })
  .meta({ description: 'two different answers to it contradict each other' });

const asked = {
  text: sentence.meta({ description: 'the question as it is asked' }),
  open: z.boolean().optional().meta({
    description: 'asked so that the lead talks: how it answers is judged; true for `text`, else false',
  }),
};

/** A question that leads are asked, with the answers that it can have. */
const question = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('choice'), ...asked, values, steady: steady.optional() }),
    z.strictObject({ kind: z.literal('number'), ...asked, ...range, steady: steady.optional() }),
    z.strictObject({ kind: z.literal('yesNo'), ...asked, steady: steady.optional() }),
    z.strictObject({ kind: z.literal('list'), ...asked, values }),
    z.strictObject({ kind: z.literal('text'), ...asked }),
  ],
  { error: 'one of choice, number, yesNo, list, text' },
);
export type Question = z.infer<typeof question>;

const described = { title: sentence.meta({ description: 'for people' }) };

const attribute = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('choice'), ...described, values }),
    z.strictObject({ kind: z.literal('number'), ...described, ...range }),
    z.strictObject({ kind: z.literal('yesNo'), ...described }),
    z.strictObject({ kind: z.literal('list'), ...described, values }),
    z.strictObject({ kind: z.literal('text'), ...described }),
  ],
  { error: 'one of choice, number, yesNo, list, text' },
);
export type AttributeDescription = z.infer<typeof attribute>;

export const questions = atMost(200, question).meta({
  description: 'what is asked of leads; with it, a condition can name no other question',
});
export const attributes = atMost(200, attribute).meta({
  description: 'what is known of leads besides; with it, a condition can name no other attribute',
});
export const activities = atMost(200, sentence).meta({
  description: 'what leads do, to follow "the lead …"; with it, a condition can name no other activity',
});
