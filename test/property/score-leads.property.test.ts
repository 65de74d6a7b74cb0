import type { SQSRecord } from 'aws-lambda';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { leadAnnouncements } from '../../functions/publish-changes/lead-announcements.ts';
import { readBatch } from '../../functions/score-leads/deliveries.ts';
import { withOutcome } from '../../functions/score-leads/outcomes.ts';
import { scoreBatch } from '../../functions/score-leads/score-batch.ts';
import { canonical, type Item, number, text } from '../../shared/dynamodb/index.ts';
import { isEntrySortKey, parseLeadKey } from '../../shared/keys/index.ts';
import { decide, evolve, isClosed, judge, type LeadState, type LedgerEnd } from '../../shared/lead/index.ts';
import {
  hashItem,
  isSecondEntry,
  type LedgerEntry,
  parseEntry,
  parseLead,
  type StoredLead,
  stateItem,
} from '../../shared/ledger/index.ts';
import { createFixedModels } from '../../shared/model-store/index.ts';
import type { Rejected } from '../../shared/quarantine/index.ts';
import { type Facts, noFacts, type ScoringModel } from '../../shared/scoring/index.ts';
import { buildMessage, requireEvent } from '../support/deliveries.ts';
import { buildSignal, now } from '../support/events.ts';
import { erasingHistory, mergingHistory, poison, type SentEvent } from '../support/histories.ts';
import { successReady } from '../support/models.ts';
import { propertyRuns, seeded } from '../support/seed.ts';
import { createMemoryWorld, type MemoryLedger } from '../support/world.ts';

/** The delivery of a history: its order, repetitions, poison, batches, and the number of workers. */
interface Plan {
  readonly entries: readonly SentEvent[];
  readonly poison: readonly string[];
  readonly order: readonly number[];
  readonly repeats: readonly number[];
  readonly batchSize: number;
  readonly workers: number;
}

const drawDeliveryPlan = (entries: fc.Arbitrary<SentEvent[]>): fc.Arbitrary<Plan> =>
  fc.record({
    entries,
    poison: fc.array(poison, { maxLength: 4 }),
    order: fc.array(fc.nat(), { minLength: 80, maxLength: 80 }),
    repeats: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 32, maxLength: 32 }),
    batchSize: fc.integer({ min: 1, max: 12 }),
    workers: fc.integer({ min: 1, max: 3 }),
  });

const buildDeliveries = ({ entries, poison: poisons, order, repeats }: Plan): SQSRecord[] => {
  const bodies = [
    ...entries.flatMap((entry, i) => Array.from({ length: repeats[i] ?? 1 }, () => JSON.stringify(entry))),
    ...poisons,
  ];
  return bodies
    .map((body, i) => ({ body, rank: order[i % order.length] ?? 0, i }))
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
    .map(({ body }, i) => buildMessage(body, `m-${i}`));
};

interface World {
  readonly ledger: MemoryLedger;
  /** The rejected bodies, each as often as it was rejected. */
  readonly quarantined: string[];
  readonly written: Item[];
  /** Returns the number of deliveries that were found to be duplicates. */
  readonly duplicates: () => number;
  /** Handles a batch and returns the ids of the messages that must be delivered again. */
  readonly handle: (Records: SQSRecord[]) => Promise<readonly string[]>;
}

const createWorld = (model: ScoringModel): World => {
  const { ledger, quarantine } = createMemoryWorld();
  const quarantined: string[] = [];
  const written: Item[] = [];
  let duplicates = 0;
  ledger.onWrite((item) => written.push(item));
  const deps = {
    ledger,
    quarantine: {
      ...quarantine,
      store: (rejected: Rejected) => {
        quarantined.push(rejected.body);
        return quarantine.store(rejected);
      },
    },
    models: createFixedModels(model),
    wait: async () => {},
    now: () => now,
  };
  const handle = async (Records: SQSRecord[]) => {
    const { leads, failed } = await scoreBatch(deps, readBatch({ Records }, now));
    duplicates += leads.reduce((sum, { outcomes }) => sum + withOutcome(outcomes, 'duplicate').length, 0);
    return failed;
  };
  return { ledger, quarantined, written, duplicates: () => duplicates, handle };
};

/** Delivers all messages with several workers that interleave at every await, until none is left. */
const deliver = async (
  world: World,
  { batchSize, workers }: Pick<Plan, 'batchSize' | 'workers'>,
  records: readonly SQSRecord[],
) => {
  const queue = [...records];
  const work = async () => {
    while (queue.length > 0) {
      const batch = queue.splice(0, batchSize);
      const failed = new Set(await world.handle(batch));
      queue.push(...batch.filter(({ messageId }) => failed.has(messageId)));
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
};

const run = async (model: ScoringModel, given: Plan) => {
  const world = createWorld(model);
  const records = buildDeliveries(given);
  await deliver(world, given, records);
  return { ...world, records };
};

const inOrderOfId = (a: StoredLead, b: StoredLead): number => (a.leadId < b.leadId ? -1 : 1);

const listLeads = ({ ledger }: World): StoredLead[] =>
  ledger
    .items()
    .filter(({ sk }) => sk?.S === 'STATE')
    .map(parseLead)
    .sort(inOrderOfId);

type OpenLead = LeadState & LedgerEnd;

const listOpenLeads = (world: World): OpenLead[] =>
  listLeads(world).filter((lead): lead is OpenLead => !isClosed(lead));

const listEntryItems = ({ ledger }: World): Item[] =>
  ledger.items().filter(({ sk }) => isEntrySortKey(sk?.S ?? ''));

/** Returns the entry items of a lead in the order in which they were committed. */
const findLedgerItems = (world: World, leadId: string): Item[] =>
  listEntryItems(world)
    .filter(({ pk }) => parseLeadKey(pk?.S ?? '') === leadId)
    .sort(
      (a, b) => number(a, 'version') - number(b, 'version') || number(a, 'ordinal') - number(b, 'ordinal'),
    );

const findLedger = (world: World, leadId: string): LedgerEntry[] =>
  findLedgerItems(world, leadId).map(parseEntry);

/**
 * Returns the ids of all events that were sent and recorded, in whatever ledger: the part after the instant in a sort
 * key, up to a blank. Nobody sends those by which time is advanced.
 */
const listRecordedIds = (world: World): string[] =>
  listEntryItems(world)
    .filter((item) => !isSecondEntry(item) && text(item, 'type') !== 'LeadClockAdvanced')
    .map((item) => text(item, 'sk').split('#')[2]?.split(' ')[0] ?? '');

const idOf = ({ detail }: SentEvent): string => detail.metadata.eventId;

const mergedIn = (entry: SentEvent): string | undefined =>
  (entry.detail.data as { mergedLeadId?: string }).mergedLeadId;

/** Returns a function that gives one name to all leads that merges unite, directly or through others. */
const createSurvivors = (entries: readonly SentEvent[]): ((leadId: string) => string) => {
  const names = new Map<string, string>();
  const resolveSurvivor = (leadId: string): string => names.get(leadId) ?? leadId;
  for (const entry of entries) {
    const merged = mergedIn(entry);
    if (merged === undefined) continue;
    const [one, other] = [resolveSurvivor(entry.detail.data.leadId), resolveSurvivor(merged)];
    for (const leadId of [other, merged, ...names.keys()]) {
      if (resolveSurvivor(leadId) === other) names.set(leadId, one);
    }
  }
  return resolveSurvivor;
};

const isSignal = ({ 'detail-type': type }: SentEvent): boolean =>
  type !== 'LeadsMerged' && type !== 'LeadRescoreRequested' && type !== 'LeadErasureRequested';

/**
 * Returns everything that must not depend on the order of delivery; which of the united leads survives may depend on
 * it.
 */
const commutative = ({
  facts,
  stage,
  score,
  coverage,
}: Pick<LeadState, 'facts' | 'stage' | 'score' | 'coverage'>) => canonical({ facts, stage, score, coverage });

const withinHysteresis = ({ tiers }: ScoringModel['document'], score: number): boolean =>
  [tiers.excellent, tiers.good, tiers.risky].some(
    (bound) => score < bound && score >= bound - tiers.hysteresis,
  );

/** Returns the facts that the signals of a history give, by the common name of the leads that they are about. */
const factsByOne = (entries: readonly SentEvent[]): Map<string, Facts> => {
  const resolveSurvivor = createSurvivors(entries);
  const facts = new Map<string, Facts>();
  for (const entry of entries) {
    const one = resolveSurvivor(entry.detail.data.leadId);
    const before = facts.get(one) ?? noFacts;
    if (mergedIn(entry) !== undefined) facts.set(one, before);
    if (!isSignal(entry)) continue;
    const { 'detail-type': type, detail } = entry;
    const { eventId: id, occurredAt: at } = detail.metadata;
    facts.set(one, evolve(before, buildSignal({ type, data: detail.data, at, id })));
  }
  return facts;
};

let model: ScoringModel;
beforeAll(() => {
  model = successReady();
});

// The console of vitest stays quiet here: metrics have their own tests.
const check = (
  property: (given: Plan) => Promise<void>,
  { histories = mergingHistory, numRuns = propertyRuns } = {},
) => fc.assert(fc.asyncProperty(drawDeliveryPlan(histories), property), { ...seeded(), numRuns });

const fewer = { numRuns: 300 };

/** Checks I1, and I5 event by event: an event without an entry was quarantined. */
const expectEachOnce = (world: World, given: Plan) => {
  const ids = listRecordedIds(world);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [i, entry] of given.entries.entries()) {
    const body = JSON.stringify(entry);
    const rejected = world.quarantined.filter((other) => other === body).length;
    const deliveries = given.repeats[i] ?? 1;
    // If a batch has several of them, one was rejected and the others are repetitions of it.
    if (!ids.includes(idOf(entry))) expect(rejected).toBeGreaterThan(0);
    // Only a rescoring that came before its lead may have been rejected first and recorded later.
    else if (entry['detail-type'] !== 'LeadRescoreRequested') expect(rejected).toBe(0);
    else expect(rejected).toBeLessThan(deliveries);
    if (isSignal(entry) || entry['detail-type'] === 'LeadErasureRequested')
      expect(ids).toContain(idOf(entry));
  }
};

const expectNothingLost = (world: World & { records: readonly SQSRecord[] }, given: Plan) => {
  expect(world.records.length).toBe(
    listRecordedIds(world).length + world.duplicates() + world.quarantined.length,
  );
  const bodies = new Set(given.entries.map((entry) => JSON.stringify(entry)));
  expect(world.quarantined.filter((body) => !bodies.has(body)).toSorted()).toEqual(
    [...given.poison].toSorted(),
  );
};

const expectVersions = (world: World) => {
  for (const { leadId, version } of listLeads(world)) {
    const versions = [...new Set(findLedger(world, leadId).map((entry) => entry.version))];
    expect(versions).toEqual(Array.from({ length: version }, (_, i) => i + 1));
  }
};

const expectChained = (world: World) => {
  for (const { leadId, head } of listLeads(world)) {
    let last = '';
    for (const item of findLedgerItems(world, leadId)) {
      expect(item.prev === undefined ? '' : Buffer.from(item.prev.B ?? []).toString('base64')).toBe(last);
      last = hashItem(item);
    }
    expect(head).toBe(last);
  }
};

describe(`over ${propertyRuns} generated histories`, () => {
  it('I1: an accepted event has exactly one ledger entry, however often it is delivered', () =>
    check(async (given) => expectEachOnce(await run(model, given), given)));

  it('I2: refolding the ledger gives the stored state, exactly', () =>
    check(async (given) => {
      const world = await run(model, given);
      for (const { head: _head, ...stored } of listOpenLeads(world)) {
        const folded = findLedger(world, stored.leadId).reduce<LeadState | undefined>((state, entry) => {
          if (entry.kind !== 'decided') throw new Error(`${entry.sk} is ${entry.kind}`);
          return { ...decide(model, state, entry.event).state, version: entry.version };
        }, undefined);
        expect(stateItem(folded as LeadState)).toEqual(stateItem(stored));
      }
    }));

  it('I3: the same events give the same facts, stage, score and coverage in whatever order and however often', () =>
    check(async (given) => {
      const resolveSurvivor = createSurvivors(given.entries);
      const byOne = (world: World) =>
        new Map(listOpenLeads(world).map((lead) => [resolveSurvivor(lead.leadId), lead]));
      const scrambled = byOne(await run(model, given));
      const plain: Plan = { ...given, repeats: [], order: [0], batchSize: 50, workers: 1, poison: [] };
      const inOrder = byOne(await run(model, plain));
      expect([...scrambled.keys()].toSorted()).toEqual([...inOrder.keys()].toSorted());
      for (const [one, state] of scrambled) {
        const other = inOrder.get(one) as LeadState;
        expect(commutative(state)).toBe(commutative(other));
        if (!given.entries.some((entry) => mergedIn(entry) !== undefined))
          expect(state.leadId).toBe(other.leadId);
        if (!withinHysteresis(model.document, state.score)) expect(state.tier).toBe(other.tier);
      }
    }));

  it('I4: versions rise by one without gaps; the last announced tier and stage are the stored ones', () =>
    check(async (given) => {
      const world = await run(model, given);
      expectVersions(world);
      const announced = world.written
        .filter((item) => isEntrySortKey(item.sk?.S ?? ''))
        .flatMap((item) => leadAnnouncements(item, undefined));
      const ids = announced.map(({ detail }) => detail.metadata.eventId);
      expect(new Set(ids).size).toBe(ids.length);
      for (const stored of listLeads(world)) {
        const ofLead = announced
          .filter(({ detail }) => (detail.data as { leadId: string }).leadId === stored.leadId)
          .map((entry) => ({
            type: entry['detail-type'],
            ...(entry.detail.data as { to: string; mergedInto?: string; version: number; ordinal: number }),
          }))
          .sort((a, b) => a.version - b.version || a.ordinal - b.ordinal);
        const findLastTo = (type: string) => ofLead.findLast((entry) => entry.type === type)?.to;
        if (stored.status === 'merged') {
          expect(ofLead.at(-1)).toMatchObject({ type: 'LeadRedirected', mergedInto: stored.mergedInto });
        } else if (!isClosed(stored)) {
          expect(findLastTo('LeadStageTransitioned')).toBe((stored as LeadState).stage);
          expect(findLastTo('LeadTierChanged') ?? 'none').toBe((stored as LeadState).tier);
        }
      }
    }));

  it('I5: nothing is lost: received = ledger entries + duplicates + quarantined', () =>
    check(async (given) => expectNothingLost(await run(model, given), given)));

  it('I12: a score is finite and within 0 to 100 for every input that is accepted', () =>
    check(async (given) => {
      for (const item of (await run(model, given)).written) {
        if (item.sk?.S !== 'STATE') continue;
        if (item.status?.S === 'merged') {
          expect(item).not.toHaveProperty('score');
          continue;
        }
        const numbers = [
          Number(item.score?.N),
          ...(Object.values(JSON.parse(item.dimensions?.S ?? '')) as number[]),
        ];
        for (const value of numbers) expect(value >= 0 && value <= 100).toBe(true);
        expect(Number(item.coverage?.N) >= 0 && Number(item.coverage?.N) <= 1).toBe(true);
      }
    }));

  it('I13: leads that are merged are one, whose state is that of the union of their events', () =>
    check(async (given) => {
      const world = await run(model, given);
      const resolveSurvivor = createSurvivors(given.entries);
      const expected = factsByOne(given.entries);
      const open = listOpenLeads(world);
      expect(open.map(({ leadId }) => resolveSurvivor(leadId)).toSorted()).toEqual(
        [...expected.keys()].toSorted(),
      );
      for (const lead of open) {
        const facts = expected.get(resolveSurvivor(lead.leadId)) as Facts;
        const { standing } = judge(model, facts, 'none');
        expect(commutative(lead)).toBe(commutative({ ...standing, facts }));
        expect(canonical(lead.dimensions)).toBe(canonical(standing.dimensions));
        if (!withinHysteresis(model.document, lead.score)) expect(lead.tier).toBe(standing.tier);
      }
    }));
});

describe(`over ${fewer.numRuns} generated histories`, () => {
  it('I2: refolding the ledger of a merged lead gives what the survivor took over, exactly', () =>
    check(async (given) => {
      const world = await run(model, given);
      for (const lead of listLeads(world)) {
        if (lead.status !== 'merged') continue;
        const entries = findLedger(world, lead.leadId);
        expect(entries.map(({ kind }) => kind).indexOf('closing')).toBe(entries.length - 1);
        const known = entries.slice(0, -1).reduce<LeadState | undefined>((state, entry) => {
          if (entry.kind !== 'decided') throw new Error(`${entry.sk} is ${entry.kind}`);
          return decide(model, state, entry.event).state;
        }, undefined);
        const taken = findLedger(world, lead.mergedInto).filter(({ other }) => other === lead.leadId);
        expect(
          taken.map((entry) => canonical((requireEvent(entry) as { merged?: Facts }).merged ?? null)),
        ).toEqual([canonical(known?.facts ?? null)]);
      }
    }, fewer));

  it('I8: what is recorded writes nothing when it is delivered again, from an archive or not', () =>
    check(async (given) => {
      const world = await run(model, given);
      const recorded = new Set(listRecordedIds(world));
      const again = given.entries
        .filter((entry) => recorded.has(idOf(entry)))
        .map((entry, i) => buildMessage(i % 2 ? entry : { ...entry, 'replay-name': 'again' }, `m-${i}`));
      const { length } = world.written;
      const rejected = world.quarantined.length;
      await deliver(world, given, again);
      expect(world.written).toHaveLength(length);
      expect(world.quarantined).toHaveLength(rejected);
    }, fewer));

  it('I9: the chain of every lead holds, also of those that were merged', () =>
    check(async (given) => expectChained(await run(model, given)), fewer));

  it('I10: with erasures, too, nothing is lost or counted twice, and whoever was erased stays so', () =>
    check(
      async (given) => {
        const world = await run(model, given);
        expectEachOnce(world, given);
        expectNothingLost(world, given);
        expectVersions(world);
        expectChained(world);
        const leads = new Map(listLeads(world).map((lead) => [lead.leadId, lead]));
        const resolved = (leadId: string): StoredLead | undefined => {
          const lead = leads.get(leadId);
          return lead?.status === 'merged' ? resolved(lead.mergedInto) : lead;
        };
        for (const entry of given.entries) {
          if (entry['detail-type'] !== 'LeadErasureRequested') continue;
          expect(resolved(entry.detail.data.leadId)?.status).toBe('erased');
        }
      },
      { ...fewer, histories: erasingHistory },
    ));
});
