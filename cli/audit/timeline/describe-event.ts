import type { LeadEvent } from '../../../shared/lead/index.ts';

type EventOf<Type extends LeadEvent['type']> = Extract<LeadEvent, { type: Type }>;

/** Returns a value quoted and escaped, so that text that people wrote can't control a terminal. */
export const quoted = (value: unknown): string => JSON.stringify(value);

/** Describes who stated a fact and why, as far as the event contains it. */
const describeSource = ({
  actor,
  reason,
}: {
  actor?: string | undefined;
  reason?: string | undefined;
}): string =>
  `${actor === undefined ? '' : ` by ${quoted(actor)}`}${reason === undefined ? '' : `, with the reason ${quoted(reason)}`}`;

const describeValue = (name: string, value: unknown): string =>
  value === null ? `${name} is no longer known` : `${name} is ${quoted(value)}`;

const describeProfile = ({ data }: EventOf<'LeadProfileUpdated'>): string =>
  `its profile: ${Object.entries(data.attributes)
    .map(([name, value]) => describeValue(name, value))
    .join(', ')}`;

const describeActivity = ({
  data: { activity, count, properties },
}: EventOf<'LeadActivityRecorded'>): string => {
  const times = count === 1 ? '' : ` ${count} times`;
  const more = properties === undefined ? '' : ` (${quoted(properties)})`;
  return `it did ${activity}${times}${more}`;
};

const describeAnswers = ({ data: { answers, askedBy } }: EventOf<'LeadAnswersRecorded'>): string => {
  const descriptions = Object.entries(answers).map(([question, { value, wording }]) => {
    const answer = value === null ? `${question} is withdrawn` : `${question} is ${quoted(value)}`;
    return wording === undefined ? answer : `${answer} in ${wording[0]} words`;
  });
  return `it answered${askedBy === undefined ? '' : ` ${quoted(askedBy)}`}: ${descriptions.join(', ')}`;
};

const describeOutcome = ({ data: { outcome, amount, reason } }: EventOf<'LeadOutcomeRecorded'>): string =>
  `its outcome: ${outcome}${amount === undefined ? '' : `, ${amount}`}${describeSource({ reason })}`;

const describeMerge = (
  leadId: string,
  { data, ...event }: EventOf<'LeadsMerged'>,
  other?: string,
): string => {
  if (other === undefined)
    return `a merge of ${data.mergedLeadId} into ${data.leadId}, without anything to take over`;
  // Each of the two entries of a merge names the other lead.
  if (data.mergedLeadId === leadId || event.merged === undefined)
    return `a merge of ${data.mergedLeadId} into ${data.leadId}`;
  return `a merge: ${other} was merged into it, with all that was known of that lead`;
};

/** Describes an event in one line for people. */
export const describeEvent = (leadId: string, event: LeadEvent, other?: string): string => {
  switch (event.type) {
    case 'LeadProfileUpdated':
      return describeProfile(event);
    case 'LeadActivityRecorded':
      return describeActivity(event);
    case 'LeadAnswersRecorded':
      return describeAnswers(event);
    case 'LeadStageChanged':
      return `its stage was stated as ${event.data.stage}${describeSource(event.data)}`;
    case 'LeadOutcomeRecorded':
      return describeOutcome(event);
    case 'HandoffAccepted':
      return `hand-off ${event.data.handoffId} was accepted${describeSource(event.data)}`;
    case 'HandoffRejected':
      return `hand-off ${event.data.handoffId} was rejected${describeSource(event.data)}`;
    case 'LeadsMerged':
      return describeMerge(leadId, event, other);
    case 'LeadErasureRequested':
      return 'its erasure was requested';
    case 'LeadRescoreRequested':
      return `a rescoring by model ${event.data.modelVersion} was requested`;
    default:
      return event satisfies never;
  }
};
