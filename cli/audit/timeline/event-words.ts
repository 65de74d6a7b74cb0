import type { LeadEvent } from '../../../shared/lead/index.ts';

type EventOf<Type extends LeadEvent['type']> = Extract<LeadEvent, { type: Type }>;

/** Returns a value quoted and escaped, so that text that people wrote can't move a terminal's cursor. */
export const quoted = (value: unknown): string => JSON.stringify(value);

/** Returns who stated a fact and why, if the event has that. */
const aside = ({ actor, reason }: { actor?: string | undefined; reason?: string | undefined }): string =>
  `${actor === undefined ? '' : ` by ${quoted(actor)}`}${reason === undefined ? '' : `, with the reason ${quoted(reason)}`}`;

const valueWords = (name: string, value: unknown): string =>
  value === null ? `${name} is no longer known` : `${name} is ${quoted(value)}`;

const profileWords = ({ data }: EventOf<'LeadProfileUpdated'>): string =>
  `its profile: ${Object.entries(data.attributes)
    .map(([name, value]) => valueWords(name, value))
    .join(', ')}`;

const activityWords = ({
  data: { activity, count, properties },
}: EventOf<'LeadActivityRecorded'>): string => {
  const times = count === 1 ? '' : ` ${count} times`;
  const more = properties === undefined ? '' : ` (${quoted(properties)})`;
  return `it did ${activity}${times}${more}`;
};

const answersWords = ({ data: { answers, askedBy } }: EventOf<'LeadAnswersRecorded'>): string => {
  const words = Object.entries(answers).map(([question, { value, wording }]) => {
    const said = value === null ? `${question} is withdrawn` : `${question} is ${quoted(value)}`;
    return wording === undefined ? said : `${said} in ${wording[0]} words`;
  });
  return `it answered${askedBy === undefined ? '' : ` ${quoted(askedBy)}`}: ${words.join(', ')}`;
};

const outcomeWords = ({ data: { outcome, amount, reason } }: EventOf<'LeadOutcomeRecorded'>): string =>
  `its outcome: ${outcome}${amount === undefined ? '' : `, ${amount}`}${aside({ reason })}`;

const mergeWords = (leadId: string, { data, ...event }: EventOf<'LeadsMerged'>, other?: string): string => {
  if (other === undefined)
    return `a merge of ${data.mergedLeadId} into ${data.leadId}, of which there is nothing to take over`;
  // Each of the two entries of a merge names the other lead.
  if (data.mergedLeadId === leadId || event.merged === undefined)
    return `a merge of ${data.mergedLeadId} into ${data.leadId}`;
  return `a merge: ${other} was folded into it, with all that was known of it`;
};

/** Describes an event in words. */
export const eventWords = (leadId: string, event: LeadEvent, other?: string): string => {
  switch (event.type) {
    case 'LeadProfileUpdated':
      return profileWords(event);
    case 'LeadActivityRecorded':
      return activityWords(event);
    case 'LeadAnswersRecorded':
      return answersWords(event);
    case 'LeadStageChanged':
      return `it is said to be at stage ${event.data.stage}${aside(event.data)}`;
    case 'LeadOutcomeRecorded':
      return outcomeWords(event);
    case 'HandoffAccepted':
      return `hand-off ${event.data.handoffId} was accepted${aside(event.data)}`;
    case 'HandoffRejected':
      return `hand-off ${event.data.handoffId} was rejected${aside(event.data)}`;
    case 'LeadsMerged':
      return mergeWords(leadId, event, other);
    case 'LeadErasureRequested':
      return 'its erasure was requested';
    case 'LeadRescoreRequested':
      return `it was to be judged again, by model ${event.data.modelVersion}`;
    default:
      return event satisfies never;
  }
};
