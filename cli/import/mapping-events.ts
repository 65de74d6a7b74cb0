import * as z from 'zod';
import { inboundContracts, nameSchema } from '../../events/index.ts';
import { at, cellFor, id, issue, when } from './mapping-fields.ts';

const common = {
  note: z.string().optional(),
  when: when.optional(),
  /** One event for each row of this joined file that belongs to the main row. */
  each: z.string().optional(),
  at: at.optional(),
  /** The record's own id: tells two facts apart that are otherwise the same. */
  recordId: id.optional(),
};

const fieldsOf = <T extends keyof typeof inboundContracts>(
  type: T,
): (typeof inboundContracts)[T]['data']['shape'] => inboundContracts[type].data.shape;

const bagOf = <T extends z.ZodType>(cell: T) =>
  z.record(nameSchema, cell).refine((given) => Object.keys(given).length > 0, { error: 'at least one name' });

/** What the fields of a bag may hold is the same for all names; the contract is asked with a bag of one. */
const valueIn = (bag: z.core.$ZodType): z.ZodType =>
  z.unknown().superRefine((value, context) => {
    const parsed = z.safeParse(bag, { name: value });
    if (!parsed.success) context.addIssue(issue(parsed.error.issues[0]?.message ?? 'another value'));
  });

const stageFields = fieldsOf('LeadStageChanged');
const activityFields = fieldsOf('LeadActivityRecorded');
const outcomeFields = fieldsOf('LeadOutcomeRecorded');
const handoffFields = fieldsOf('HandoffAccepted');

const factCell = cellFor(valueIn(fieldsOf('LeadProfileUpdated').attributes));
const propertyCell = cellFor(valueIn(activityFields.properties));
const reason = cellFor(stageFields.reason).optional();
const actor = cellFor(stageFields.actor).optional();

/** An answer is its value, or a value with the words that the lead gave. */
const answer = z.preprocess(
  (given) => (typeof given === 'object' && given !== null && 'value' in given ? given : { value: given }),
  z.strictObject({ value: factCell, text: cellFor(z.string().min(1)).optional() }),
);

const handoff = {
  ...common,
  handoffId: cellFor(handoffFields.handoffId),
  actor: cellFor(handoffFields.actor),
  reason,
};

const eventSpecs = [
  z.strictObject({
    ...common,
    type: z.literal('LeadStageChanged'),
    stage: cellFor(stageFields.stage),
    reason,
    actor,
  }),
  z.strictObject({ ...common, type: z.literal('LeadProfileUpdated'), attributes: bagOf(factCell) }),
  z.strictObject({
    ...common,
    type: z.literal('LeadActivityRecorded'),
    activity: cellFor(activityFields.activity),
    count: cellFor(activityFields.count, 'number').optional(),
    properties: bagOf(propertyCell).optional(),
  }),
  z.strictObject({
    ...common,
    type: z.literal('LeadAnswersRecorded'),
    answers: bagOf(answer),
    askedBy: actor,
  }),
  z.strictObject({
    ...common,
    type: z.literal('LeadOutcomeRecorded'),
    outcome: cellFor(outcomeFields.outcome),
    amount: cellFor(outcomeFields.amount, 'number').optional(),
    reason,
  }),
  z.strictObject({ ...common, type: z.literal('LeadsMerged'), mergedLeadId: id }),
  z.strictObject({ ...common, type: z.literal('LeadErasureRequested') }),
  z.strictObject({ ...handoff, type: z.literal('HandoffAccepted') }),
  z.strictObject({ ...handoff, type: z.literal('HandoffRejected') }),
] as const;

export const event = z.discriminatedUnion('type', eventSpecs, {
  error: `an event whose "type" is one of ${Object.keys(inboundContracts).join(', ')}`,
});
export type EventSpec = z.output<typeof event>;
