import * as z from 'zod';
import { inboundContracts, nameSchema } from '../../events/index.ts';
import type { MappedType } from '../mapping/index.ts';
import type { BuildCell } from './cell.ts';
import { issue } from './dialect.ts';

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

const factValue = buildValueSchema(fieldsOf('LeadProfileUpdated').attributes);
const propertyValue = buildValueSchema(activityFields.properties);

/** Returns the schema of an answer: its value, or a value with the lead's own words. */
const answerOf = (cell: BuildCell) =>
  z.preprocess(
    (given) => (typeof given === 'object' && given !== null && 'value' in given ? given : { value: given }),
    z.strictObject({ value: cell(factValue), text: cell(z.string().min(1), 'string').optional() }),
  );

/** Returns the fields of each type of event that say what happened. */
const dataShapes = (cell: BuildCell) => {
  const reason = cell(stageFields.reason, 'string').optional();
  const actor = cell(stageFields.actor, 'string').optional();
  /** The deal that a stage or an outcome is about. */
  const dealId = cell(outcomeFields.dealId, 'string').optional();
  const handoff = {
    handoffId: cell(handoffFields.handoffId, 'string').optional(),
    actor: cell(handoffFields.actor, 'string'),
    reason,
  };
  return {
    LeadStageChanged: { stage: cell(stageFields.stage, 'string'), dealId, reason, actor },
    LeadProfileUpdated: { attributes: buildBag(cell(factValue)) },
    LeadActivityRecorded: {
      activity: cell(activityFields.activity, 'string'),
      count: cell(activityFields.count, 'number').optional(),
      total: cell(activityFields.total, 'number').optional(),
      properties: buildBag(cell(propertyValue)).optional(),
    },
    LeadAnswersRecorded: { answers: buildBag(answerOf(cell)), askedBy: actor },
    LeadOutcomeRecorded: {
      outcome: cell(outcomeFields.outcome, 'string'),
      dealId,
      amount: cell(outcomeFields.amount, 'number').optional(),
      reason,
    },
    handoff,
  };
};

/**
 * Returns the schema of the events of a mapping.
 *
 * @param common the fields that events of all types have
 * @param merged the fields that name the merged lead
 */
export const createEventSchema = <C extends z.core.$ZodLooseShape, M extends z.core.$ZodLooseShape>(
  cell: BuildCell,
  common: C,
  merged: M,
) => {
  const data = dataShapes(cell);
  const specs = {
    LeadStageChanged: z.strictObject({
      ...common,
      type: z.literal('LeadStageChanged'),
      ...data.LeadStageChanged,
    }),
    LeadProfileUpdated: z.strictObject({
      ...common,
      type: z.literal('LeadProfileUpdated'),
      ...data.LeadProfileUpdated,
    }),
    LeadActivityRecorded: z
      .strictObject({ ...common, type: z.literal('LeadActivityRecorded'), ...data.LeadActivityRecorded })
      .superRefine((given: { count?: unknown; total?: unknown }, context) => {
        if (given.count === undefined || given.total === undefined) return;
        context.addIssue(issue('either "count" or "total"'));
      }),
    LeadAnswersRecorded: z.strictObject({
      ...common,
      type: z.literal('LeadAnswersRecorded'),
      ...data.LeadAnswersRecorded,
    }),
    LeadOutcomeRecorded: z.strictObject({
      ...common,
      type: z.literal('LeadOutcomeRecorded'),
      ...data.LeadOutcomeRecorded,
    }),
    LeadsMerged: z.strictObject({ ...common, type: z.literal('LeadsMerged'), ...merged }),
    LeadErasureRequested: z.strictObject({ ...common, type: z.literal('LeadErasureRequested') }),
    HandoffAccepted: z.strictObject({ ...common, ...data.handoff, type: z.literal('HandoffAccepted') }),
    HandoffRejected: z.strictObject({ ...common, ...data.handoff, type: z.literal('HandoffRejected') }),
  } satisfies Record<MappedType, z.ZodType>;
  // zod wants to see that there is at least one.
  const { LeadStageChanged, ...others } = specs;
  return z.discriminatedUnion('type', [LeadStageChanged, ...Object.values(others)], {
    error: `an event whose "type" is one of ${Object.keys(specs).join(', ')}`,
  });
};
