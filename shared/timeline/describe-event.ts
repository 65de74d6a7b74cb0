import type { LeadEvent } from '../lead/index.ts';

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
  data: { activity, count, total, properties },
}: EventOf<'LeadActivityRecorded'>): string => {
  const more = properties === undefined ? '' : ` (${quoted(properties)})`;
  if (total !== undefined)
    return `it has done ${activity} ${total === 1 ? 'once' : `${total} times`} so far${more}`;
  const times = count === 1 ? '' : ` ${count} times`;
  return `it did ${activity}${times}${more}`;
};

const describeAnswers = ({ data: { answers, askedBy } }: EventOf<'LeadAnswersRecorded'>): string => {
  const descriptions = Object.entries(answers).map(([question, { value, wording }]) => {
    const answer = value === null ? `${question} is withdrawn` : `${question} is ${quoted(value)}`;
    return wording === undefined ? answer : `${answer} in ${wording[0]} words`;
  });
  return `it answered${askedBy === undefined ? '' : ` ${quoted(askedBy)}`}: ${descriptions.join(', ')}`;
};

const describeOutcome = ({
  data: { outcome, dealId, amount, reason },
}: EventOf<'LeadOutcomeRecorded'>): string =>
  `its outcome: ${outcome}${dealId === undefined ? '' : ` of the deal ${quoted(dealId)}`}${amount === undefined ? '' : `, ${amount}`}${describeSource({ reason })}`;

const describeStage = ({ data }: EventOf<'LeadStageChanged'>): string => {
  const by = data.dealId === undefined ? '' : ` through the deal ${quoted(data.dealId)}`;
  return `its stage was stated as ${data.stage}${by}${describeSource(data)}`;
};

const describeVerdict = (
  verdict: 'accepted' | 'rejected',
  { data }: EventOf<'HandoffAccepted' | 'HandoffRejected'>,
): string => {
  const handoff = data.handoffId === undefined ? 'its open hand-off' : `hand-off ${data.handoffId}`;
  return `${handoff} was ${verdict}${describeSource(data)}`;
};

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

const describeOverride = ({ data }: EventOf<'LeadOverridden'>): string => {
  const { tier, hold, until } = data;
  const what = [
    ...(tier === undefined ? [] : [`its tier was set to ${tier}`]),
    ...(hold === undefined ? [] : ['it was held out of hand-offs']),
  ].join(', and ');
  return `${what}, until ${until}${describeSource(data)}`;
};

/** Names the types of identifiers only: a key tells nobody anything. */
const describeIdentifiers = ({ data }: EventOf<'LeadIdentified'>): string => {
  const types = [...new Set(data.identifiers.map(({ type }) => type))];
  return `it is known by ${types.join(' and ')}`;
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
      return describeStage(event);
    case 'LeadOutcomeRecorded':
      return describeOutcome(event);
    case 'HandoffAccepted':
      return describeVerdict('accepted', event);
    case 'HandoffRejected':
      return describeVerdict('rejected', event);
    case 'LeadsMerged':
      return describeMerge(leadId, event, other);
    case 'LeadErasureRequested':
      return 'its erasure was requested';
    case 'LeadRescoreRequested':
      return `a rescoring by model ${event.data.modelVersion} was requested`;
    case 'LeadOverridden':
      return describeOverride(event);
    case 'LeadOverrideLifted':
      return `its override was lifted${describeSource(event.data)}`;
    case 'LeadIdentified':
      return describeIdentifiers(event);
    case 'LeadClockAdvanced':
      return 'time went on';
    case 'HandoffExpired':
      return `hand-off ${event.data.handoffId} was not answered in time`;
    default:
      return event satisfies never;
  }
};
