import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ActionEvent, outboundContracts, parseAction, type Tier } from '../../events/index.ts';
import { leadAnnouncements } from '../../functions/publish-changes/lead-announcements.ts';
import type { Change } from '../../infra/local/engine/memory/database.ts';
import { createDynamoDbFollowUps, type StartLimits } from '../../shared/follow-ups/index.ts';
import { memoryClient } from '../support/memory-dynamodb.ts';
import { propertyRuns, seeded } from '../support/seed.ts';
import { type Arrival, type Asked, applyRules, isAsked, type Outcome } from './nurture-oracle.ts';

const hour = 3_600_000;
const start = Date.parse('2026-03-01T00:00:00.000Z');
const formatInstant = (at: number) => new Date(at).toISOString();

const hours = (max: number) => fc.integer({ min: 1, max });
const trackNames = ['a', 'b', 'c'] as const;

const drawLimits: fc.Arbitrary<StartLimits> = fc.record({
  tracks: fc.record(
    {
      a: fc.record(
        { cooldownHours: hours(24), mostStarts: fc.integer({ min: 1, max: 3 }) },
        { requiredKeys: [] },
      ),
      b: fc.record({ cooldownHours: hours(24) }),
    },
    { requiredKeys: [] },
  ),
  tierCooldownHours: fc.option(hours(12), { nil: undefined }),
});

const drawAsked = fc.record({
  track: fc.constantFrom(...trackNames, undefined),
  tier: fc.constantFrom<Tier>('good', 'risky'),
  /** The hours since the one before; below 0 for an event that came late. */
  after: fc.integer({ min: -5, max: 20 }),
});

/** Announcements in the order of their positions, with their instants. */
const drawHistory: fc.Arbitrary<Asked[]> = fc
  .array(drawAsked, { minLength: 1, maxLength: 12 })
  .map((drawn) => {
    let at = start;
    return drawn.map(({ after, ...asked }, i) => {
      at += after * hour;
      return { ...asked, at, position: i + 1 };
    });
  });

interface Plan {
  readonly limits: StartLimits;
  readonly history: readonly Asked[];
  readonly arrivals: readonly Arrival[];
}

/** Any order, with repetitions and due messages of any instant between them. */
const drawAnyOrder: fc.Arbitrary<Plan> = fc
  .record({ limits: drawLimits, history: drawHistory, order: fc.array(fc.nat(), { maxLength: 30 }) })
  .chain(({ limits, history, order }) =>
    fc.array(fc.integer({ min: -10, max: 200 }), { minLength: 8, maxLength: 8 }).map((dues) => {
      const repeated = [...history, ...order.map((n) => history[n % history.length] as Asked)];
      const messages = dues.map((after): Arrival => ({ dueAt: start + after * hour }));
      const ranked = [...repeated, ...messages].map((arrival, i) => ({
        arrival,
        rank: order[i % (order.length || 1)] ?? i,
      }));
      return {
        limits,
        history,
        arrivals: ranked.toSorted((x, y) => x.rank - y.rank).map(({ arrival }) => arrival),
      };
    }),
  );

const { metadata, data } = outboundContracts.LeadTierChanged.sampleEvent.detail;
const buildEvent = ({ position, track, tier, at }: Asked): ActionEvent =>
  parseAction({
    'detail-type': 'LeadTierChanged',
    detail: {
      metadata: { ...metadata, eventId: `by-${position}`, occurredAt: formatInstant(at) },
      data: {
        ...data,
        version: position,
        tier,
        action: track === undefined ? { kind: 'none' } : { kind: 'nurture', track },
      },
    },
  });

/** Delivers arrivals to the product, and returns the item and what was announced. */
const deliver = async (limits: StartLimits, arrivals: readonly Arrival[]) => {
  const changes: Change[] = [];
  const client = memoryClient({ tables: { leads: [] }, onChange: (change) => changes.push(change) });
  const followUps = createDynamoDbFollowUps(client, 'leads');
  for (const arrival of arrivals) {
    if (isAsked(arrival)) await followUps.followNurture(buildEvent(arrival), limits, arrival.at);
    else await followUps.beginNurture(data.leadId, arrival.dueAt, arrival.dueAt);
  }
  return {
    item: client.memory.items('leads')[0] ?? {},
    announced: changes.flatMap(({ before, after }) =>
      after === undefined ? [] : leadAnnouncements(after, before),
    ),
  };
};
type Delivered = Awaited<ReturnType<typeof deliver>>;

/** Returns the item that the outcome of the rules asks for, without position and cause. */
const buildExpected = ({ stays, waiting, refused }: Outcome, limits: StartLimits) => {
  const goesOn = stays.findLast(({ to }) => to === undefined);
  const past = trackNames
    .filter((track) => limits.tracks[track] !== undefined)
    .flatMap((track) => {
      const own = stays.filter((stay) => stay.track === track);
      const stoppedAt = own.at(-1)?.to;
      if (own.length === 0 && waiting?.track !== track) return [];
      return [[track, own.length, ...(stoppedAt === undefined ? [] : [formatInstant(stoppedAt)])]];
    });
  const tiers = (['good', 'risky'] as const).flatMap((tier) => {
    const own = stays.filter((stay) => stay.tier === tier).map(({ from }) => from);
    return limits.tierCooldownHours === undefined || own.length === 0
      ? []
      : [[tier, formatInstant(Math.max(...own))]];
  });
  return {
    track: goesOn?.track,
    trackStartedAt: goesOn && formatInstant(goesOn.from),
    waitingTrack: waiting?.track,
    dueAt: waiting && formatInstant(waiting.dueAt),
    isIndexed: waiting !== undefined,
    refusedTrack: refused,
    past: past.length + tiers.length === 0 ? undefined : { tracks: past, tiers },
  };
};

const readItem = ({ item }: Delivered) => ({
  track: item.track?.S,
  trackStartedAt: item.trackStartedAt?.S,
  waitingTrack: item.waitingTrack?.S,
  dueAt: item.dueAt?.S,
  isIndexed: item.dueKey !== undefined,
  refusedTrack: item.refusedTrack?.S,
  past: item.startHistory?.S === undefined ? undefined : JSON.parse(item.startHistory.S),
});

/** Returns the stays that the announcements of starts and stops tell of. */
const readStays = ({ announced }: Delivered): { track: string; from: number; to?: number }[] => {
  const stays: { track: string; from: number; to?: number }[] = [];
  for (const { 'detail-type': type, detail } of announced) {
    const { track } = detail.data as { track: string };
    const at = Date.parse(detail.metadata.occurredAt);
    const last = stays.at(-1);
    if (type === 'NurtureStarted') stays.push({ track, from: at });
    else if (last?.track === track && last.to === undefined) last.to = Math.max(at, last.from);
    else throw new Error(`${track} was stopped, and had not begun`);
  }
  return stays;
};

const property = <T>(drawn: fc.Arbitrary<T>, check: (value: T) => Promise<void>) =>
  fc.assert(fc.asyncProperty(drawn, check), seeded());

describe(`the nurture of a lead, in ${propertyRuns} histories`, () => {
  it('is what the rules say, in whatever order announcements and due messages come, and however often', () =>
    property(drawAnyOrder, async ({ limits, arrivals }) => {
      const delivered = await deliver(limits, arrivals);
      const outcome = applyRules(limits, arrivals);
      expect(readItem(delivered)).toEqual(buildExpected(outcome, limits));
      const stays = outcome.stays.map(({ tier: _tier, ...stay }) => stay);
      expect(readStays(delivered)).toEqual(stays);
    }));

  it('is what the last announcement by position asks for: on that track, waiting for it or refused it', () =>
    property(drawAnyOrder, async ({ limits, history, arrivals }) => {
      const { item } = await deliver(limits, arrivals);
      const last = history.at(-1) as Asked;
      expect(item.causationId?.S).toBe(`by-${last.position}`);
      const found = [item.track, item.waitingTrack, item.refusedTrack].flatMap((track) => track?.S ?? []);
      expect(found).toEqual(last.track === undefined ? [] : [last.track]);
    }));

  it('never begins within a cooldown, nor more often than allowed, and gives each change an id', () =>
    property(drawAnyOrder, async ({ limits, arrivals }) => {
      const delivered = await deliver(limits, arrivals);
      const stays = readStays(delivered);
      for (const [track, { cooldownHours, mostStarts = 1e9 }] of Object.entries(limits.tracks)) {
        const own = stays.filter((stay) => stay.track === track);
        expect(own.length).toBeLessThanOrEqual(mostStarts);
        for (const [i, { from }] of own.entries()) {
          const left = own[i - 1]?.to ?? Number.NEGATIVE_INFINITY;
          if (cooldownHours !== undefined) expect(from).toBeGreaterThanOrEqual(left + cooldownHours * hour);
        }
      }
      const ids = delivered.announced.map(({ detail }) => detail.metadata.eventId);
      expect(new Set(ids).size).toBe(ids.length);
    }));

  it('is the same if what was due is told on time, late, again, or not before the next announcement', () =>
    property(
      fc.record({
        limits: drawLimits,
        history: drawHistory,
        late: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      }),
      async ({ limits, history, late }) => {
        let latest = start;
        const inTime = history.map((asked) => {
          latest = Math.max(latest, asked.at);
          return { ...asked, at: latest };
        });
        const end: Arrival = { dueAt: latest + 400 * hour };
        const told = inTime.flatMap((asked, i): Arrival[] =>
          late[i] ? [asked] : [{ dueAt: asked.at }, { dueAt: asked.at }, asked, asked],
        );
        const [some, all] = [await deliver(limits, [...told, end]), await deliver(limits, [...inTime, end])];
        expect(some).toEqual(all);
      },
    ));
});
