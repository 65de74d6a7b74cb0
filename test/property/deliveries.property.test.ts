import { AsyncLocalStorage } from 'node:async_hooks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusEvent } from '../../events/index.ts';
import { compareDeliveries, type Delivery, findStrand } from '../../shared/deliveries/index.ts';
import {
  type AnnouncementInput,
  announceDelivery,
  answered,
  createDeliveryWorld,
  type Received,
  subscribe,
} from '../support/delivering.ts';
import { seeded } from '../support/seed.ts';

/** A process that ends after so many calls, at whatever await it is. */
interface Process {
  callsLeft: number;
}

const types = [
  'LeadTierChanged',
  'LeadStageTransitioned',
  'HandoffRequested',
  'NurtureStopped',
  'NurtureStarted',
] as const;

const announcement: fc.Arbitrary<AnnouncementInput> = fc.record({
  type: fc.constantFrom(...types),
  leadId: fc.constantFrom('l-1', 'l-2', 'l-3'),
  version: fc.integer({ min: 1, max: 5 }),
  ordinal: fc.integer({ min: 0, max: 1 }),
});

const mood = fc.constantFrom('well', 'down', 'deaf', 'busy', 'choosy', 'lost');
type Mood = typeof mood extends fc.Arbitrary<infer M> ? M : never;

/** Answers of a target. A deaf one takes in what it gets, and its answer is lost. */
const answerIn = (current: Mood, { leadId }: Received) => {
  switch (current) {
    case 'well':
      return answered(200);
    case 'down':
      return answered(503);
    case 'busy':
      return answered(429, { retryAfterMs: 120_000 });
    case 'choosy':
      return answered(leadId === 'l-1' ? 400 : 200);
    case 'deaf':
      return { kind: 'unanswered', reason: 'no answer within 15 s' } as const;
    case 'lost':
      return answered(410);
    default:
      return current satisfies never;
  }
};

const calls = fc.integer({ min: 0, max: 40 });

const step = fc.oneof(
  fc.record({ kind: fc.constant('plan' as const), which: fc.array(fc.nat(), { maxLength: 6 }), calls }),
  fc.record({ kind: fc.constant('send' as const), calls: fc.array(calls, { minLength: 1, maxLength: 2 }) }),
  fc.record({ kind: fc.constant('mood' as const), mood }),
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(0, 1, 5, 40, 600) }),
  fc.record({ kind: fc.constant('resume' as const) }),
);

const history = fc.record({
  announcements: fc.uniqueArray(announcement, {
    minLength: 1,
    maxLength: 12,
    selector: (input) => JSON.stringify(input),
  }),
  steps: fc.array(step, { maxLength: 25 }),
  lags: fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }),
});

const subscription = subscribe({ events: [...types], pauseAfter: { failures: 12, hours: 24 } });

interface Run {
  readonly received: readonly Received[];
  readonly acknowledged: ReadonlySet<string>;
  readonly deliveries: readonly Delivery[];
  readonly events: readonly BusEvent[];
}

const run = async ({
  announcements,
  steps,
  lags,
}: typeof history extends fc.Arbitrary<infer H> ? H : never): Promise<Run> => {
  const events = announcements.map((input) => announceDelivery(input));
  const process = new AsyncLocalStorage<Process>();
  const live = () => {
    const current = process.getStore();
    if (current !== undefined && current.callsLeft-- <= 0) throw new Error('the process has ended');
  };
  let reads = 0;
  let isCalm = false;
  const world = createDeliveryWorld({
    subscriptions: [subscription],
    beforeCall: live,
    isStale: () => !isCalm && lags[reads++ % lags.length] === true,
  });
  let current: Mood = 'well';
  const acknowledged = new Set<string>();
  world.script.answer = async (received) => {
    const answer = answerIn(current, received);
    if (answer.kind === 'answered' && answer.status === 200) acknowledged.add(received.eventId);
    await Promise.resolve();
    // It may end after its request was taken in, and before it knows.
    live();
    return answer;
  };
  for (const each of steps) {
    switch (each.kind) {
      case 'plan': {
        const chosen = each.which.map((i) => events[i % events.length] as BusEvent);
        await process.run({ callsLeft: each.calls }, () => world.plan(...chosen));
        break;
      }
      case 'send':
        await Promise.all(each.calls.map((callsLeft) => process.run({ callsLeft }, () => world.send())));
        break;
      case 'mood':
        current = each.mood;
        break;
      case 'wait':
        world.clock.now += each.minutes * 60_000;
        break;
      case 'resume':
        await world.deliveries.resume('crm');
        break;
      default:
        each satisfies never;
    }
  }
  // The queue delivers again what was not planned, the target recovers, and somebody resumes the subscription.
  isCalm = true;
  current = 'well';
  await world.plan(...events);
  for (let hours = 0; hours < 26; hours++) {
    await world.deliveries.resume('crm');
    world.clock.now += 3_600_000;
    await world.send();
  }
  return { received: world.received, acknowledged, deliveries: world.all(), events };
};

describe('deliveries', () => {
  it('I18 reach their target in the order of the versions of each lead, or end where somebody sees it', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (given) => {
        const { received, acknowledged, deliveries, events } = await run(given);
        // Nothing is lost: there is one delivery for each announcement, and none waits.
        expect(deliveries.map(({ eventId }) => eventId).sort()).toEqual(
          events.map(({ detail }) => detail.metadata.eventId).sort(),
        );
        const position = new Map(deliveries.map((delivery) => [delivery.eventId, delivery]));
        const newest = new Map<string, Delivery>();
        for (const { eventId } of received) {
          const delivery = position.get(eventId) as Delivery;
          const strand = `${delivery.leadId} ${findStrand(delivery.type)}`;
          const before = newest.get(strand);
          // Versions never go back.
          if (before !== undefined) {
            const isBack =
              delivery.version < before.version ||
              (delivery.version === before.version && delivery.ordinal < before.ordinal);
            expect(isBack).toBe(false);
          }
          newest.set(strand, delivery);
        }
        for (const delivery of deliveries) {
          const last = newest.get(`${delivery.leadId} ${findStrand(delivery.type)}`);
          expect(['delivered', 'superseded', 'failed']).toContain(delivery.state);
          if (delivery.state === 'delivered') expect(acknowledged.has(delivery.eventId)).toBe(true);
          if (delivery.state === 'superseded')
            expect(last !== undefined && compareDeliveries(delivery, last) < 0).toBe(true);
          if (delivery.state === 'failed') expect(delivery.attempts.length).toBeGreaterThanOrEqual(10);
        }
      }),
      { ...seeded(), numRuns: 300 },
    );
  }, 120_000);
});
