import { createHttpSender } from '../../shared/deliveries/http-client.ts';
import type {
  ReadyDelivery,
  Subscription,
  TargetDeps,
  TargetMemory,
  TargetOptions,
} from '../../shared/deliveries/index.ts';

/** Returns a subscription of a target, with what a test says differently. */
export const aSubscription = (target: TargetOptions, given: Partial<Subscription> = {}): Subscription => ({
  name: 'sales',
  owner: 'marketing operations',
  events: ['LeadTierChanged'],
  attributes: [],
  target,
  secret: 'sales',
  pauseAfter: { failures: 25, hours: 24 },
  ...given,
});

/** Returns what a target needs: it sends to servers of a test on this machine, and never waits. */
export const createTargetDeps = (secrets: readonly string[], now: () => number): TargetDeps => ({
  http: createHttpSender({ now, allowLoopback: true, timeoutMs: 2_000 }),
  memory: createMemory(now),
  secrets: { read: async () => secrets },
  now,
  wait: async () => undefined,
});

/** A memory that lasts as long as a test, in its time. */
const createMemory = (now: () => number): TargetMemory => {
  const notes = new Map<string, { readonly value: string; readonly until: number }>();
  const keyOf = (note: object): string => JSON.stringify(note);
  return {
    read: async (note) => {
      const found = notes.get(keyOf(note));
      return found !== undefined && found.until > now() ? found.value : undefined;
    },
    write: async (note, value, ttlMs) => {
      notes.set(keyOf(note), { value, until: now() + ttlMs });
    },
  };
};

/** Returns a delivery of a change of tier, with what a test says differently. */
export const aDelivery = (given: Partial<ReadyDelivery> = {}): ReadyDelivery => ({
  eventId: 'e-1',
  type: 'LeadTierChanged',
  occurredAt: '2026-03-02T09:00:00.000Z',
  leadId: 'l-1',
  version: 3,
  ordinal: 0,
  data: {
    from: 'good',
    to: 'excellent',
    direction: 'up',
    stage: 'mql',
    tier: 'excellent',
    score: 81,
    reasons: [
      {
        dimension: 'engagement',
        criterion: 'demo-requested',
        text: 'asked for a demo in the last 90 days',
        points: 40,
        weight: 20,
      },
    ],
  },
  ...given,
});
