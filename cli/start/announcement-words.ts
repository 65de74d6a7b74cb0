import { isObject, sluiceSource } from '../../events/index.ts';
import type { DeliveredEvent } from '../../infra/local/put-events.ts';

type Data = Readonly<Record<string, unknown>>;

const because = (value: unknown): string => (isObject(value) ? `: it ${value.text}` : '');

const afterExpiry = new Map<unknown, (data: Data) => string>([
  ['none', () => 'it stays open'],
  ['remind', ({ queue }) => `${queue} is reminded`],
  ['pass', ({ nextQueue }) => `it is passed on to ${nextQueue}`],
  ['escalate', ({ escalatedTo }) => `it is escalated to ${escalatedTo}`],
  ['recycle', () => 'the lead goes back to marketing'],
]);

const words: ReadonlyMap<string, (data: Data) => string> = new Map<string, (data: Data) => string>([
  [
    'LeadTierChanged',
    ({ direction, from, to }) => `${direction === 'up' ? 'rises' : 'falls'} from ${from} to ${to}`,
  ],
  [
    'LeadStageTransitioned',
    ({ from, to }) =>
      from === null
        ? `enters the funnel as ${to}`
        : from === to
          ? `stays ${to}`
          : `moves from ${from} to ${to}`,
  ],
  ['LeadScored', ({ from, score }) => `has score ${score}, announced before with ${from}`],
  ['LeadDisqualified', ({ because: why }) => `is disqualified${because(why)}`],
  ['LeadRequalified', () => 'is no longer disqualified'],
  ['HandoffRequested', ({ queue, dueAt }) => `is handed off to ${queue}, which has to answer by ${dueAt}`],
  [
    'HandoffExpired',
    (data) =>
      `got no answer from ${data.queue} in time: ${afterExpiry.get(data.followedBy)?.(data) ?? data.followedBy}`,
  ],
  ['HandoffDeadlineMoved', ({ effect, activity }) => `has its deadline ${effect} by ${activity}`],
  ['NurtureStarted', ({ track }) => `begins the nurture track ${track}`],
  ['NurtureStopped', ({ track }) => `leaves the nurture track ${track}`],
  [
    'LeadErased',
    ({ cause }) => (cause === 'retention' ? 'is erased: nothing was heard of it for too long' : 'is erased'),
  ],
  ['LeadRedirected', ({ mergedInto }) => `is merged into ${mergedInto}`],
]);

/** Returns an announcement about a lead as a sentence with its instant; undefined for any other event. */
export const describeAnnouncement = ({
  source,
  'detail-type': type,
  detail: { metadata, data },
}: Pick<DeliveredEvent, 'source' | 'detail-type' | 'detail'>): string | undefined => {
  const describe = source === sluiceSource ? words.get(type) : undefined;
  if (describe === undefined || !isObject(metadata) || !isObject(data)) return undefined;
  return `${metadata.occurredAt}  ${data.leadId} ${describe(data)}.`;
};
