import * as z from 'zod/mini';
import { leadId, utcInstant } from '../../fields.ts';
import { cursor } from './cursor.ts';
import { subscriptionStanding } from './health.ts';

const count = z.int().check(z.gte(0));

const attempt = z.strictObject({
  at: utcInstant,
  ms: z.number().check(z.describe('The milliseconds until the answer.')),
  result: z
    .enum(['delivered', 'retry', 'failed', 'gone', 'skipped'])
    .check(
      z.describe('Gone: the target says that it wants nothing more. Skipped: there was nothing to send.'),
    ),
  status: z.optional(z.int().check(z.describe('The HTTP status, if there was an answer.'))),
  reason: z.optional(z.string()),
});

const delivery = z.strictObject({
  id: z.string().check(z.describe('The id of the event, as the target gets it.')),
  type: z.string(),
  leadId,
  version: count.check(z.describe('The version of the lead.')),
  occurredAt: utcInstant,
  plannedAt: utcInstant,
  state: z
    .enum(['waiting', 'delivered', 'failed', 'superseded'])
    .check(z.describe('Superseded: a later one of the lead was sent before.')),
  nextTryAt: z.nullable(utcInstant).check(z.describe('Null if it has ended.')),
  endedAt: z.nullable(utcInstant).check(z.describe('Null while it waits.')),
  reason: z.optional(z.string().check(z.describe('Why it ended, if it was not delivered.'))),
  attempts: z.array(attempt).check(z.describe('The last 20, the latest first.')),
});

/** The standing of a subscription, and a page of its deliveries. */
export const deliveryAnswer = z.strictObject({
  ...subscriptionStanding,
  entries: z
    .array(delivery)
    .check(z.describe('By the instant of their next attempt or their end, the latest first.')),
  cursor,
});
