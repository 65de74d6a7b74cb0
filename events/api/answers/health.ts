import * as z from 'zod/mini';
import { utcInstant } from '../../fields.ts';
import { rejectionCodes } from '../../rejection-codes.ts';
import { pauseReasons } from '../../words.ts';
import { rescoringJob } from './manage-models.ts';

const count = z.int().check(z.gte(0));
const more = z.boolean().check(z.describe('True if there may be more than were counted.'));

const clock = z.strictObject({
  doneUntil: z
    .nullable(utcInstant)
    .check(z.describe('Everything that was due before has been sent. Null if the clock has never run.')),
  due: count.check(z.describe('The leads, hand-offs and nurture tracks that are due and still wait.')),
  more,
  waitingSince: z
    .nullable(utcInstant)
    .check(z.describe('How long the one that waits longest has waited. Null if nothing waits.')),
  lagSeconds: count.check(z.describe('The same in seconds. The clock wakes every five minutes.')),
});

const quarantine = z.strictObject({
  open: count.check(z.describe('The rejected events that are open.')),
  codes: z.partialRecord(z.enum(rejectionCodes), count).check(z.describe('The same by reason.')),
  more,
});

const deadLetters = z.strictObject({
  queue: z.string().check(z.describe('As `npx sluice dlq list` names it, such as ScoreLeadsDeadLetters.')),
  of: z.string().check(z.describe('The part of Sluice whose events they are, such as ScoreLeads.')),
  kind: z
    .enum(['dead-letters', 'undeliverable', 'missed-runs', 'unreadable'])
    .check(
      z.describe(
        'Given up by the function, never delivered to it, scheduled runs that failed, or not readable as events.',
      ),
    ),
  messages: z.nullable(count).check(z.describe('As SQS counts them, about. Null if it did not say.')),
});

const source = z.strictObject({
  source: z.string(),
  kind: z
    .nullable(z.string())
    .check(z.describe('Such as hubspot. Null for a source that was deployed earlier.')),
  lastReceivedAt: z.nullable(utcInstant).check(z.describe('Refused requests count as received.')),
  lastTakenAt: z.nullable(utcInstant).check(z.describe('When something was last taken in.')),
  requests: count,
  accepted: count.check(z.describe('The requests that were taken in, also those sent again.')),
  refused: z
    .array(z.strictObject({ reason: z.string(), count, lastAt: z.nullable(utcInstant) }))
    .check(z.describe('By reason. `lastAt` is known of the last refusal alone.')),
  silent: z
    .nullable(z.boolean())
    .check(
      z.describe('Whether nothing came for longer than its document allows. Null if that does not say.'),
    ),
});

/** The standing of a subscription. */
export const subscriptionStanding = {
  subscription: z.string(),
  kind: z.string().check(z.describe('webhook, slack or hubspot.')),
  state: z
    .enum(['sending', 'failing', 'held', 'paused'])
    .check(
      z.describe(
        'Held: the target fails, and nothing is sent for a while. Paused: nothing is sent until somebody resumes it.',
      ),
    ),
  waiting: count,
  more,
  failed: count.check(z.describe('Those that ended without being delivered, of the last 30 days.')),
  moreFailed: more,
  lastDeliveredAt: z.nullable(utcInstant),
  lastFailure: z.nullable(z.strictObject({ at: utcInstant, reason: z.string() })),
  failures: count.check(z.describe('The attempts in a row that failed.')),
  heldUntil: z.nullable(utcInstant),
  pausedBecause: z.nullable(z.enum(pauseReasons)),
  pausedAt: z.nullable(utcInstant),
} as const;

const anchors = z.strictObject({
  last: z
    .nullable(
      z.strictObject({
        at: utcInstant,
        leads: z
          .nullable(count)
          .check(z.describe('The leads whose ledgers it has. Null if its manifest is damaged.')),
        parts: z.nullable(count),
      }),
    )
    .check(z.describe('The last run that was written. Null if there is none.')),
  verification: z
    .nullable(
      z.strictObject({
        result: z.enum(['verified', 'broken']),
        manifests: count.check(z.describe('The manifests that were compared: the last, and the one before.')),
        parts: count.check(z.describe('The parts of the last run that were compared with its manifest.')),
        problems: z.array(z.string()),
      }),
    )
    .check(
      z.describe(
        'Whether the last run is as it was written. `npx sluice audit verify` checks all runs and all ledgers.',
      ),
    ),
});

/** The health of a deployment. What could not be found out is null, never 0. */
export const healthAnswer = z.strictObject({
  asOf: utcInstant,
  clock: z.nullable(clock),
  quarantine: z.nullable(quarantine),
  deadLetters: z
    .array(deadLetters)
    .check(
      z.describe(
        'All queues of what was given up, also those that are empty. Records of streams that failed are in a bucket ' +
          'and are not counted here: `npx sluice dlq list` shows them.',
      ),
    ),
  sources: z
    .nullable(z.array(source))
    .check(z.describe('Empty if the deployment has none. Null if they could not be read.')),
  deliveries: z
    .nullable(z.array(z.strictObject(subscriptionStanding)))
    .check(z.describe('Empty if the deployment has none. Null if they could not be read.')),
  anchors: z.nullable(anchors),
  rescoring: z
    .nullable(z.strictObject(rescoringJob))
    .check(z.describe('The last one. Null if no model was activated yet, or it could not be read.')),
});
