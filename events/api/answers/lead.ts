import * as z from 'zod/mini';
import { factValue, leadId, stage, utcInstant } from '../../fields.ts';
import { score, tier } from '../../standing-fields.ts';
import { expirySteps } from '../../words.ts';
import { day } from '../fields.ts';
import { explanationAnswer, withoutPointsAnswer } from './explanation.ts';
import { briefFields } from './handoffs.ts';
import { askNextAnswer, standingFields } from './standing.ts';
import { timeChange, upcoming } from './upcoming.ts';

const dated = { at: utcInstant };
const counted = { count: z.int(), last: utcInstant };
const stated = z.strictObject({
  stage,
  reason: z.optional(z.string()),
  actor: z.optional(z.string()),
  ...dated,
});
const verdictSource = { actor: z.string(), reason: z.optional(z.string()), ...dated };

/** Everything that is known of a lead. */
export const knownFacts = z.strictObject({
  attributes: z.record(z.string(), z.strictObject({ value: factValue, ...dated })),
  answers: z.record(
    z.string(),
    z.strictObject({
      value: factValue,
      ...dated,
      words: z.optional(z.int()),
      figures: z.optional(z.int()),
      earlier: z.optional(z.array(z.strictObject({ value: factValue, ...dated }))),
    }),
  ),
  activities: z.record(
    z.string(),
    z.strictObject({
      ...counted,
      days: z
        .array(z.strictObject({ day, count: z.int() }))
        .check(z.describe('The counts of the days, in UTC, that a rule may still look back to, in order.')),
    }),
  ),
  outcomes: z.record(
    z.string(),
    z.strictObject({ ...counted, amount: z.optional(z.number()), reason: z.optional(z.string()) }),
  ),
  stated: z.optional(stated.check(z.describe("The latest statement of the lead's own stage."))),
  dealStage: z.optional(stated.check(z.describe('The latest stage to which a deal brings the lead.'))),
  deals: z.optional(
    z.record(z.string(), z.strictObject({ status: z.enum(['open', 'lost', 'won']), ...dated })),
  ),
  verdicts: z.optional(
    z.record(
      z.string(),
      z.strictObject({ verdict: z.enum(['accepted', 'rejected', 'expired']), ...verdictSource }),
    ),
  ),
  accepted: z.optional(z.strictObject(verdictSource)),
  rejected: z.optional(z.strictObject(verdictSource)),
  override: z
    .optional(
      z.nullable(
        z.strictObject({
          tier: z.optional(tier),
          hold: z.optional(z.literal(true)),
          until: utcInstant,
          ...verdictSource,
        }),
      ),
    )
    .check(
      z.describe('The latest override by a person, whether or not it still holds. Null if it was lifted.'),
    ),
});

const handoff = z.strictObject({
  id: z.string().check(z.describe('The id for `POST /api/handoffs/{id}/accept` and `…/reject`.')),
  handoffId: z.string(),
  status: z
    .string()
    .check(z.describe('open, waiting, accepted, rejected, answered-elsewhere, withdrawn or expired.')),
  queue: z.optional(z.string()),
  firstQueue: z.optional(z.string()),
  requestedAt: z.optional(utcInstant),
  waitsUntil: z.optional(utcInstant),
  dueAt: z.optional(utcInstant),
  deadline: z.optional(z.int().check(z.describe('The number of the deadline, from 1.'))),
  modelVersion: z.optional(z.string()),
  missed: z.optional(
    z.array(z.strictObject({ queue: z.string(), dueAt: utcInstant, followedBy: z.enum(expirySteps) })),
  ),
  pausedAt: z.optional(utcInstant),
  escalatedTo: z.optional(z.string()),
  expiredAt: z.optional(utcInstant),
  stage: z.optional(stage),
  tier: z.optional(tier),
  score: z.optional(score),
  ...briefFields,
  answeredAt: z.optional(utcInstant),
  verdict: z.optional(z.string()),
  answeredAs: z.optional(z.string()),
  actor: z.optional(z.string()),
  reason: z.optional(z.string()),
  withdrawnAt: z.optional(utcInstant),
  erasedAt: z.optional(utcInstant),
});

const nurture = z.strictObject({
  track: z.optional(z.string()),
  startedAt: z.optional(utcInstant),
  waiting: z.optional(z.strictObject({ track: z.string(), beginsAt: utcInstant })),
  refused: z.optional(
    z.string().check(z.describe('The track that was asked for, and that it has begun as often as it may.')),
  ),
});

/** A lead as of now, or as of the instant that was asked for. */
export const leadAnswer = z.strictObject({
  ...standingFields,
  requestedId: z.optional(
    leadId.check(z.describe('The id that was asked for, if that lead was merged into this one.')),
  ),
  asOf: utcInstant.check(z.describe('The instant as of which the lead stands so.')),
  meanwhile: z
    .array(timeChange)
    .check(z.describe('The changes by time alone until then, beyond those that are recorded.')),
  next: z
    .nullable(upcoming)
    .check(z.describe('The next thing that happens by itself, if nothing else does.')),
  lastHeard: utcInstant.check(z.describe('The instant of the latest event.')),
  shown: z
    .record(z.string(), z.nullable(z.string()))
    .check(z.describe('The attributes by which people know a lead, such as name, company and owner.')),
  facts: knownFacts.check(z.describe('Everything that is known. A value that is null was cleared.')),
  explanation: explanationAnswer,
  withoutPoints: z
    .array(withoutPointsAnswer)
    .check(z.describe('The facts that are known and give no points, each with the reason.')),
  askNext: askNextAnswer,
  handoffs: z.optional(
    z.array(handoff).check(z.describe('The latest first; only of a lead as of now, without `at`.')),
  ),
  moreHandoffs: z.optional(z.boolean().check(z.describe('Whether it has more than were read.'))),
  nurture: z.optional(z.nullable(nurture)),
});
