import * as z from 'zod';
import { type InboundType, inboundContracts, nameSchema } from '../../events/index.ts';
import { at, buildCellSchema, id, issue, recordId, when } from './mapping-fields.ts';

const common = {
  note: z.string().optional(),
  when: when.optional(),
  /** The joined file of which each row that belongs to the main row gives one event. */
  each: z.string().optional(),
  at: at.optional(),
  /** The record's own id. It makes two facts of what would otherwise be one. */
  recordId: recordId.optional(),
};

const fieldsOf = <T extends keyof typeof inboundContracts>(
  type: T,
): (typeof inboundContracts)[T]['data']['shape'] => inboundContracts[type].data.shape;

const buildBag = <T extends z.ZodType>(cell: T) =>
  z.record(nameSchema, cell).refine((given) => Object.keys(given).length > 0, { error: 'at least one name' });

/**
 * Returns the schema of the values in a bag. It is the same for all names, so the contract is asked with a bag of one.
 */
const buildValueSchema = (bag: z.core.$ZodType): z.ZodType =>
  z.unknown().superRefine((value, context) => {
    const parsed = z.safeParse(bag, { name: value });
    if (!parsed.success) context.addIssue(issue(parsed.error.issues[0]?.message ?? 'another value'));
  });

const stageFields = fieldsOf('LeadStageChanged');
const activityFields = fieldsOf('LeadActivityRecorded');
const outcomeFields = fieldsOf('LeadOutcomeRecorded');
const handoffFields = fieldsOf('HandoffAccepted');

const factCell = buildCellSchema(buildValueSchema(fieldsOf('LeadProfileUpdated').attributes));
const propertyCell = buildCellSchema(buildValueSchema(activityFields.properties));
const reason = buildCellSchema(stageFields.reason).optional();
const actor = buildCellSchema(stageFields.actor).optional();

/** An answer: its value, or a value with the lead's own words. */
const answer = z.preprocess(
  (given) => (typeof given === 'object' && given !== null && 'value' in given ? given : { value: given }),
  z.strictObject({ value: factCell, text: buildCellSchema(z.string().min(1)).optional() }),
);

/** The deal that a stage or an outcome is about. */
const dealId = buildCellSchema(outcomeFields.dealId).optional();

const handoff = {
  ...common,
  handoffId: buildCellSchema(handoffFields.handoffId).optional(),
  actor: buildCellSchema(handoffFields.actor),
  reason,
};

/** The types that an import can produce. Only `sluice rescore` requests rescoring. */
type ImportedType = Exclude<InboundType, 'LeadRescoreRequested'>;

const eventSpecs = {
  LeadStageChanged: z.strictObject({
    ...common,
    type: z.literal('LeadStageChanged'),
    stage: buildCellSchema(stageFields.stage),
    dealId,
    reason,
    actor,
  }),
  LeadProfileUpdated: z.strictObject({
    ...common,
    type: z.literal('LeadProfileUpdated'),
    attributes: buildBag(factCell),
  }),
  LeadActivityRecorded: z
    .strictObject({
      ...common,
      type: z.literal('LeadActivityRecorded'),
      activity: buildCellSchema(activityFields.activity),
      count: buildCellSchema(activityFields.count, 'number').optional(),
      total: buildCellSchema(activityFields.total, 'number').optional(),
      properties: buildBag(propertyCell).optional(),
    })
    .refine(({ count, total }) => count === undefined || total === undefined, {
      error: 'either "count" or "total"',
    }),
  LeadAnswersRecorded: z.strictObject({
    ...common,
    type: z.literal('LeadAnswersRecorded'),
    answers: buildBag(answer),
    askedBy: actor,
  }),
  LeadOutcomeRecorded: z.strictObject({
    ...common,
    type: z.literal('LeadOutcomeRecorded'),
    outcome: buildCellSchema(outcomeFields.outcome),
    dealId,
    amount: buildCellSchema(outcomeFields.amount, 'number').optional(),
    reason,
  }),
  LeadsMerged: z.strictObject({ ...common, type: z.literal('LeadsMerged'), mergedLeadId: id }),
  LeadErasureRequested: z.strictObject({ ...common, type: z.literal('LeadErasureRequested') }),
  HandoffAccepted: z.strictObject({ ...handoff, type: z.literal('HandoffAccepted') }),
  HandoffRejected: z.strictObject({ ...handoff, type: z.literal('HandoffRejected') }),
} satisfies { [Type in ImportedType]: z.ZodType<{ type: Type }> };

// zod wants to see that there is at least one.
const { LeadStageChanged, ...others } = eventSpecs;

export const event = z.discriminatedUnion('type', [LeadStageChanged, ...Object.values(others)], {
  error: `an event whose "type" is one of ${Object.keys(eventSpecs).join(', ')}`,
});
export type EventSpec = z.output<typeof event>;
