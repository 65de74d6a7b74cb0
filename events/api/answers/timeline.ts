import * as z from 'zod/mini';
import { leadId, name, stage, utcInstant } from '../../fields.ts';
import { scoreReason } from '../../outbound/lead-data.ts';
import { disqualification } from '../../outbound/lead-disqualified.ts';
import { score, tier } from '../../standing-fields.ts';
import {
  clockTriggers,
  deadlineEffects,
  directions,
  erasureCauses,
  requalificationCauses,
  transitionKinds,
  triggers,
} from '../../words.ts';
import { entryStanding } from './standing.ts';

const trigger = z.optional(z.enum(clockTriggers));

/** A change that an entry has made, by the type of its announcement, without the fields that these all have. */
const change = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('LeadTierChanged'),
    from: tier,
    to: tier,
    direction: z.enum(directions),
    reasons: z.array(scoreReason),
    trigger,
  }),
  z.strictObject({
    type: z.literal('LeadStageTransitioned'),
    from: z.nullable(stage),
    to: stage,
    kind: z.enum(transitionKinds),
    trigger: z.enum(triggers),
    actor: z.optional(z.string()),
    reason: z.optional(z.string()),
  }),
  z.strictObject({ type: z.literal('LeadDisqualified'), because: disqualification, trigger }),
  z.strictObject({
    type: z.literal('LeadRequalified'),
    was: disqualification,
    cause: z.enum(requalificationCauses),
    trigger,
  }),
  z.strictObject({ type: z.literal('LeadScored'), from: score, reasons: z.array(scoreReason), trigger }),
  z.strictObject({
    type: z.literal('HandoffDeadlineMoved'),
    effect: z.enum(deadlineEffects),
    activity: name,
  }),
  z.strictObject({ type: z.literal('LeadRedirected'), mergedInto: leadId }),
  z.strictObject({ type: z.literal('LeadErased'), cause: z.enum(erasureCauses) }),
]);

/** The hash of an entry. */
export const entryHash = z
  .string()
  .check(z.regex(/^[A-Za-z0-9+/]{43}=$/), z.describe('A SHA-256 in base64.'));

/** The part of an entry that also an erased one has. */
const header = {
  occurredAt: utcInstant,
  type: z.string(),
  eventId: z.string(),
  source: z.string(),
  version: z.int().check(z.describe('The version that its commit gave the lead.')),
  ordinal: z.int().check(z.describe('The number of the entry within its commit, from 0.')),
  other: z.optional(leadId.check(z.describe('The other lead of a merge.'))),
  changed: z.string().check(z.describe('What it changed, in words.')),
  because: z.array(z.string()).check(z.describe('Why, in words.')),
  hash: entryHash,
  previousHash: z.optional(entryHash.check(z.describe('The hash of the entry that was recorded before it.'))),
};

const content = {
  text: z.string().check(z.describe('What happened, in words.')),
  history: z.optional(z.literal(true).check(z.describe('The event was loaded afterwards.'))),
  named: z.optional(
    leadId.check(z.describe('The lead that the event names, if that was merged into this one.')),
  ),
  causationId: z.optional(z.string()),
  correlationId: z.optional(z.string()),
  changes: z.array(change),
};

const entry = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('decided'),
      ...header,
      ...content,
      modelVersion: z.string(),
      standing: entryStanding.check(z.describe('How the lead stood after it.')),
      before: z.optional(entryStanding),
      isBeforeKnown: z
        .boolean()
        .check(
          z.describe(
            'False if the entry recorded before it was not found: then `changed` has only stage and tier.',
          ),
        ),
      silent: z.optional(z.literal(true).check(z.describe('Its changes were not announced.'))),
    })
    .check(z.describe('An event after which the lead was judged.')),
  z
    .strictObject({ kind: z.literal('closing'), ...header, ...content })
    .check(z.describe('The event that closed the lead: it was merged into another one, or erased.')),
  z
    .strictObject({ kind: z.literal('erased'), ...header })
    .check(z.describe('An entry whose content was erased.')),
]);

/** A page of the ledger of a lead. */
export const timelineAnswer = z.strictObject({
  leadId,
  status: z
    .enum(['open', 'merged', 'erased', 'lost'])
    .check(z.describe('`lost` if it has a ledger and its state is lost.')),
  mergedInto: z.optional(leadId),
  version: z.optional(z.int()),
  head: z.optional(entryHash.check(z.describe('The hash of the entry that was recorded last.'))),
  entries: z.array(entry).check(z.describe('Those of the latest events first.')),
  cursor: z.nullable(z.string()),
});
