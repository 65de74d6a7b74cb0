import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { leadAnnouncements } from '../../functions/publish-changes/lead-announcements.ts';
import { scoreLeads } from '../../functions/score-leads/score-leads.ts';
import { decide, type LeadState } from '../../shared/lead/index.ts';
import { canonical, type Item, type LedgerEntry, stateItem } from '../../shared/ledger/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { now } from '../support/events.ts';
import { type Entry, history, poison } from '../support/histories.ts';
import { createMemoryLedger, type MemoryLedger } from '../support/memory-ledger.ts';
import { successReady } from '../support/models.ts';
import { propertyRuns, seeded } from '../support/seed.ts';

/** How a history is delivered: an order, repeats, poison among it, batches, and how many work at the same time. */
interface Plan {
  readonly entries: readonly Entry[];
  readonly poison: readonly string[];
  readonly order: readonly number[];
  readonly repeats: readonly number[];
  readonly batchSize: number;
  readonly workers: number;
}

const plan: fc.Arbitrary<Plan> = fc.record({
  entries: history,
  poison: fc.array(poison, { maxLength: 4 }),
  order: fc.array(fc.nat(), { minLength: 80, maxLength: 80 }),
  repeats: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 24, maxLength: 24 }),
  batchSize: fc.integer({ min: 1, max: 12 }),
  workers: fc.integer({ min: 1, max: 3 }),
});

const recordOf = (body: string, index: number): SQSRecord =>
  ({ messageId: `m-${index}`, body, attributes: { ApproximateReceiveCount: '1' } }) as SQSRecord;

const deliveriesOf = ({ entries, poison: poisons, order, repeats }: Plan): SQSRecord[] => {
  const bodies = [
    ...entries.flatMap((entry, i) => Array.from({ length: repeats[i] ?? 1 }, () => JSON.stringify(entry))),
    ...poisons,
  ];
  return bodies
    .map((body, i) => ({ body, rank: order[i % order.length] ?? 0, i }))
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
    .map(({ body }, i) => recordOf(body, i));
};

interface World {
  readonly ledger: MemoryLedger;
  /** Each body that was rejected, as often as it was. */
  readonly quarantined: string[];
  readonly written: Item[];
  readonly handle: (event: SQSEvent) => Promise<SQSBatchResponse>;
}

const createWorld = (model: ScoringModel): World => {
  const ledger = createMemoryLedger();
  const quarantined: string[] = [];
  const written: Item[] = [];
  ledger.onWrite = (item) => written.push(item);
  const handle = scoreLeads({
    ledger,
    quarantine: { keep: async ({ body }) => void quarantined.push(body) },
    model,
    wait: async () => {},
    now: () => now,
  });
  return { ledger, quarantined, written, handle };
};

/** Delivers all, with several workers that interleave at every await, until no message is left. */
const deliver = async (world: World, { batchSize, workers }: Plan, records: readonly SQSRecord[]) => {
  const queue = [...records];
  const work = async () => {
    while (queue.length > 0) {
      const batch = queue.splice(0, batchSize);
      const { batchItemFailures } = await world.handle({ Records: batch });
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      queue.push(...batch.filter(({ messageId }) => failed.has(messageId)));
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
};

const run = async (model: ScoringModel, given: Plan) => {
  const world = createWorld(model);
  const records = deliveriesOf(given);
  await deliver(world, given, records);
  return { ...world, records };
};

const leadIdsOf = (entries: readonly Entry[]): string[] => [
  ...new Set(entries.map((e) => e.detail.data.leadId)),
];

const statesOf = async ({ ledger }: World, entries: readonly Entry[]): Promise<LeadState[]> =>
  [...(await ledger.load(leadIdsOf(entries))).values()].sort((a, b) => (a.leadId < b.leadId ? -1 : 1));

const ledgerOf = async ({ ledger }: World, leadId: string): Promise<LedgerEntry[]> =>
  (await Array.fromAsync(ledger.timeline(leadId))).sort(
    (a, b) => a.version - b.version || a.ordinal - b.ordinal,
  );

/** The facts of a state as stored, and all that must not depend on the order of delivery. */
const commutative = ({ leadId, facts, stage, score, coverage }: LeadState) =>
  canonical({ leadId, facts, stage, score, coverage });

const withinHysteresis = ({ tiers }: ScoringModel['document'], score: number): boolean =>
  [tiers.excellent, tiers.good, tiers.risky].some(
    (bound) => score < bound && score >= bound - tiers.hysteresis,
  );

let model: ScoringModel;
beforeAll(() => {
  model = successReady();
});

// vitest's console stays quiet here: metrics are a function's own business and are tested by themselves.
const check = (property: (given: Plan) => Promise<void>) =>
  fc.assert(fc.asyncProperty(plan, property), seeded());

describe(`over ${propertyRuns} generated histories`, () => {
  it('I1: an accepted event has exactly one ledger entry, however often it is delivered', () =>
    check(async (given) => {
      const world = await run(model, given);
      const recorded = (await Promise.all(leadIdsOf(given.entries).map((id) => ledgerOf(world, id)))).flat();
      const ids = recorded.map(({ event }) => event.metadata.eventId);
      expect(ids.toSorted()).toEqual(given.entries.map((e) => e.detail.metadata.eventId).toSorted());
    }));

  it('I2: refolding the ledger gives the stored state, exactly', () =>
    check(async (given) => {
      const world = await run(model, given);
      for (const stored of await statesOf(world, given.entries)) {
        const entries = await ledgerOf(world, stored.leadId);
        const folded = entries.reduce<LeadState | undefined>(
          (state, { event, version }) => ({ ...decide(model, state, event).state, version }),
          undefined,
        );
        expect(stateItem(folded as LeadState)).toEqual(stateItem(stored));
      }
    }));

  it('I3: the same events give the same facts, stage, score and coverage in whatever order and however often', () =>
    check(async (given) => {
      const scrambled = await statesOf(await run(model, given), given.entries);
      const plain: Plan = { ...given, repeats: [], order: [0], batchSize: 50, workers: 1, poison: [] };
      const inOrder = await statesOf(await run(model, plain), given.entries);
      expect(scrambled.map(commutative)).toEqual(inOrder.map(commutative));
      for (const [i, state] of scrambled.entries()) {
        if (!withinHysteresis(model.document, state.score)) expect(state.tier).toBe(inOrder[i]?.tier);
      }
    }));

  it('I4: versions rise by one without gaps; the last announced tier and stage are the stored ones', () =>
    check(async (given) => {
      const world = await run(model, given);
      const announced = world.written
        .filter((item) => item.sk?.S?.startsWith('EVENT#'))
        .flatMap((item) => leadAnnouncements(item, undefined));
      const ids = announced.map(({ detail }) => detail.metadata.eventId);
      expect(new Set(ids).size).toBe(ids.length);
      for (const stored of await statesOf(world, given.entries)) {
        const versions = [...new Set((await ledgerOf(world, stored.leadId)).map(({ version }) => version))];
        expect(versions).toEqual(Array.from({ length: stored.version }, (_, i) => i + 1));
        const ofLead = announced
          .filter(({ detail }) => (detail.data as { leadId: string }).leadId === stored.leadId)
          .map((entry) => ({
            type: entry['detail-type'],
            ...(entry.detail.data as { to: string; version: number; ordinal: number }),
          }))
          .sort((a, b) => a.version - b.version || a.ordinal - b.ordinal);
        const lastOf = (type: string) => ofLead.findLast((entry) => entry.type === type)?.to;
        expect(lastOf('LeadStageTransitioned')).toBe(stored.stage);
        expect(lastOf('LeadTierChanged') ?? 'none').toBe(stored.tier);
      }
    }));

  it('I5: nothing is lost: received = ledger entries + duplicates + quarantined', () =>
    check(async (given) => {
      const world = await run(model, given);
      const entries = (await Promise.all(leadIdsOf(given.entries).map((id) => ledgerOf(world, id)))).flat()
        .length;
      const repeated = given.entries.reduce((sum, _, i) => sum + (given.repeats[i] ?? 1) - 1, 0);
      expect(world.quarantined.toSorted()).toEqual([...given.poison].toSorted());
      expect(world.records.length).toBe(entries + repeated + world.quarantined.length);
    }));

  it('I12: a score is finite and within 0 to 100 for every input that is accepted', () =>
    check(async (given) => {
      for (const item of (await run(model, given)).written) {
        if (item.sk?.S !== 'STATE') continue;
        const numbers = [
          Number(item.score?.N),
          ...(Object.values(JSON.parse(item.dimensions?.S ?? '')) as number[]),
        ];
        for (const value of numbers) expect(value >= 0 && value <= 100).toBe(true);
        expect(Number(item.coverage?.N) >= 0 && Number(item.coverage?.N) <= 1).toBe(true);
      }
    }));
});
