import * as z from 'zod/mini';
import { eventId, leadId, name, stage, text, utcInstant } from '../../fields.ts';
import { scoreReason } from '../../outbound/lead-data.ts';
import { score, tier } from '../../standing-fields.ts';
import { expirySteps } from '../../words.ts';
import { handoffStates } from '../routes.ts';
import { cursor } from './cursor.ts';
import { person } from './person.ts';

const deadline = z.int().check(z.gte(1));

/** The fields that the request of a hand-off has beside the standing of its lead. */
export const briefFields = {
  reasons: z
    .optional(z.array(scoreReason))
    .check(z.describe('The reasons that weighed most in the score when it was requested.')),
  question: z
    .optional(z.strictObject({ name, text: text(300) }))
    .check(z.describe('The question that was worth asking next when it was requested.')),
};

const listedHandoff = z.strictObject({
  id: z.string().check(z.describe('Names the hand-off in paths: the ids of its lead and its own.')),
  handoffId: eventId,
  leadId,
  ...person,
  state: z.enum(handoffStates),
  queue: name,
  firstQueue: z.optional(name).check(z.describe('The queue that it was given to at first.')),
  requestedAt: utcInstant,
  waitsUntil: z
    .optional(utcInstant)
    .check(z.describe('When it is requested, if it waits since another one was requested shortly before.')),
  stage: z.optional(stage).check(z.describe('The stage of the lead when it was handed off.')),
  tier: z.optional(tier).check(z.describe('The tier of the lead when it was handed off.')),
  score: z.optional(score).check(z.describe('The score of the lead when it was handed off.')),
  ...briefFields,
  modelVersion: z.optional(text(160)).check(z.describe('The model whose policy has its deadlines.')),
  dueAt: z
    .optional(utcInstant)
    .check(z.describe('The deadline for an answer. Left out while it stands still.')),
  deadline: z.optional(deadline).check(z.describe('The number of the deadline, from 1.')),
  late: z.boolean().check(z.describe('Whether it is open and its first deadline has passed.')),
  missed: z
    .optional(z.array(z.strictObject({ queue: name, dueAt: utcInstant, followedBy: z.enum(expirySteps) })))
    .check(z.describe('The deadlines that have passed without an answer.')),
  next: z
    .optional(
      z.strictObject({
        followedBy: z.enum(expirySteps),
        at: utcInstant,
        to: z
          .optional(name)
          .check(z.describe('The queue or the person who has it then, or who is reminded of it.')),
      }),
    )
    .check(z.describe('What follows if nobody answers, and when.')),
  pausedAt: z.optional(utcInstant).check(z.describe('Since when the deadline stands still.')),
  escalatedTo: z.optional(name),
  expiredAt: z.optional(utcInstant),
  withdrawnAt: z.optional(utcInstant),
  answeredAt: z.optional(utcInstant),
  actor: z.optional(z.string()).check(z.describe('The person who answered.')),
  reason: z.optional(z.string()),
  verdict: z
    .optional(z.enum(['accepted', 'rejected']))
    .check(z.describe('The answer, if the lead was handed off elsewhere.')),
  answeredAs: z.optional(eventId).check(z.describe('The id under which it was answered elsewhere.')),
});

export const handoffsAnswer = z.strictObject({ handoffs: z.array(listedHandoff), cursor });
