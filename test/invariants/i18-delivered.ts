import { parseSubscriptionPartition, subscriptionPartition } from '../../shared/keys/index.ts';
import type { Announcement, Evidence, Integrations, Invariant, ReceivedAtTarget } from './evidence.ts';
import { textOf } from './reading.ts';

interface Positioned {
  readonly leadId: string;
  readonly version: number;
  readonly ordinal: number;
}

const dataOf = ({ detail }: Announcement): Partial<Positioned> => detail.data as Partial<Positioned>;

/** The strands of a lead's announcements, each of which follows the lead's history. */
const strands: Readonly<Record<string, string>> = {
  HandoffRequested: 'handoff',
  HandoffExpired: 'handoff',
  NurtureStarted: 'nurture',
  NurtureStopped: 'nurture',
};

const parseBody = ({ body }: ReceivedAtTarget) => {
  const { type, data } = JSON.parse(body) as { type: string; data: Positioned };
  return { type, ...data };
};

/** Finds announcements that a subscription wants, and of which there is no delivery, or one that still waits. */
const findUndelivered = (evidence: Evidence, { subscriptions, deliveries }: Integrations): string[] =>
  subscriptions.flatMap(({ name, events }) => {
    const own = deliveries.filter((item) => textOf(item, 'pk') === subscriptionPartition(name));
    const byEvent = new Map(own.map((item) => [textOf(item, 'eventId'), item]));
    const wanted = evidence.announced.filter(
      (one) => events.includes(one['detail-type']) && dataOf(one).version !== undefined,
    );
    return wanted.flatMap((one) => {
      const { eventId } = one.detail.metadata;
      const item = byEvent.get(eventId);
      if (item === undefined) return [`${one['detail-type']} ${eventId} was never planned for ${name}`];
      return textOf(item, 'state') === 'waiting' ? [`${eventId} still waits for the target of ${name}`] : [];
    });
  });

/** Finds deliveries that are said to be delivered, but that the target of their subscription hasn't taken. */
const findUntaken = ({ deliveries, received }: Integrations): string[] => {
  const taken = new Set(received.filter((one) => one.taken).map(({ url, id }) => `${url} ${id}`));
  return deliveries
    .filter((item) => textOf(item, 'state') === 'delivered')
    .map((item) => ({
      id: textOf(item, 'eventId'),
      url: `https://${parseSubscriptionPartition(textOf(item, 'pk'))}.example.com/hook`,
    }))
    .filter(({ url, id }) => !taken.has(`${url} ${id}`))
    .map(({ url, id }) => `${id} is said to be delivered, but ${url} doesn't have it`);
};

/** Finds requests that told a target of something older than it was told before. */
const findWentBack = ({ received }: Integrations): string[] => {
  const last = new Map<string, string>();
  return received.flatMap((one) => {
    const { type, leadId, version, ordinal } = parseBody(one);
    const strand = `${one.url} ${leadId} ${strands[type] ?? 'lead'}`;
    const position = `${String(version).padStart(12, '0')}.${String(ordinal).padStart(6, '0')}`;
    const before = last.get(strand) ?? '';
    last.set(strand, position);
    return position < before ? [`${one.url} was told of ${leadId} at ${position} after ${before}`] : [];
  });
};

export const deliveredInOrder: Invariant = {
  id: 'I18',
  rule: "a delivery reaches its target at least once, in the order of its lead's versions, or ends where someone sees it",
  check: (evidence) => {
    const { integrations } = evidence;
    if (integrations === undefined) return [];
    return [
      ...findUndelivered(evidence, integrations),
      ...findUntaken(integrations),
      ...findWentBack(integrations),
    ];
  },
};
