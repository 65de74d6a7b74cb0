import { describe, expect, it } from 'vitest';
import type { Item } from '../../../shared/dynamodb/index.ts';
import { leadKey } from '../../../shared/keys/index.ts';
import type { LeadState, LedgerEnd } from '../../../shared/lead/index.ts';
import { hashItem, type Ledger } from '../../../shared/ledger/index.ts';
import {
  buildBatch,
  buildMessage,
  createScoringWorld,
  deliver,
  failedIds,
  loadLead,
  rejectionCodes,
  requireEvent,
  type ScoringWorld,
} from '../../support/deliveries.ts';
import { buildEntry } from '../../support/events.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';
import type { MemoryLedger, MemoryWorld } from '../../support/world.ts';

const model = compileDocument(smallDocument());

const did = (leadId: string, id: string, activity = 'page_visited', at = '2026-03-01T09:00:00.000Z') =>
  buildEntry({ type: 'LeadActivityRecorded', data: { leadId, activity }, at, id });
const executive = (leadId: string, id = 'profile') =>
  buildEntry({ type: 'LeadProfileUpdated', data: { leadId, attributes: { seniority: 'executive' } }, id });
const merging = (leadId: string, mergedLeadId: string, id = `${mergedLeadId}-into-${leadId}`) =>
  buildEntry({ type: 'LeadsMerged', data: { leadId, mergedLeadId }, at: '2026-04-01T09:00:00.000Z', id });

const createWorld = (
  ledger?: (memory: MemoryLedger, stores: MemoryWorld) => Ledger,
  stores?: MemoryWorld,
): ScoringWorld =>
  createScoringWorld({
    model,
    ...(ledger !== undefined && { ledger }),
    ...(stores !== undefined && { stores }),
  });

const openLead = async (world: ScoringWorld, leadId: string): Promise<LeadState & LedgerEnd> =>
  (await loadLead(world, leadId)) as LeadState & LedgerEnd;
/** Returns the ids of a lead's events in the order of recording, each with the lead that it names. */
const listEventIds = async (world: ScoringWorld, leadId: string) =>
  (await world.findEvents(leadId)).map(({ metadata, data }) => `${data.leadId} ${metadata.eventId}`);

/**
 * Expects each entry, in the order of writing, to have the hash of the one before it, and the state to have the last
 * hash.
 */
const expectChained = ({ written, memory }: ScoringWorld, leadId: string) => {
  const entries = written.filter(({ pk, sk }) => pk?.S === leadKey(leadId) && sk?.S !== 'STATE');
  const encodeBase64 = (item: Item | undefined, name: string) =>
    item?.[name] === undefined ? '' : Buffer.from(item[name].B ?? []).toString('base64');
  expect(entries.map((item) => encodeBase64(item, 'prev'))).toEqual([
    '',
    ...entries.slice(0, -1).map(hashItem),
  ]);
  expect(encodeBase64(memory.item(leadKey(leadId), 'STATE'), 'head')).toBe(hashItem(entries.at(-1) as Item));
};

describe('a merge', () => {
  it('I13: gives the survivor the facts of both, and redirects the merged lead to it', async () => {
    const world = createWorld();
    await deliver(world, did('a', 'e-1', 'demo_requested'), executive('b'), merging('a', 'b'));
    const plain = createWorld();
    await deliver(plain, did('a', 'e-1', 'demo_requested'), executive('a'));
    const [merged, union] = [await openLead(world, 'a'), await openLead(plain, 'a')];
    expect(merged).toEqual({ ...union, head: merged.head });
    expect(merged).toMatchObject({ version: 2, tier: 'good' });
    expect(await loadLead(world, 'b')).toMatchObject({ version: 2, status: 'merged', mergedInto: 'a' });
    expectChained(world, 'a');
    expectChained(world, 'b');
  });

  it('of an unknown lead redirects its later events', async () => {
    const world = createWorld();
    await deliver(world, did('a', 'e-1'), merging('a', 'b'), executive('b'));
    expect(await openLead(world, 'a')).toMatchObject({
      version: 3,
      facts: { attributes: { seniority: ['executive', expect.anything()] } },
    });
    expect(await listEventIds(world, 'a')).toEqual(['a e-1', 'a b-into-a', 'b profile']);
    expect(await listEventIds(world, 'b')).toEqual(['a b-into-a']);
  });

  it('into an unknown lead creates it', async () => {
    const world = createWorld();
    await deliver(world, executive('b'), merging('a', 'b'));
    expect(await openLead(world, 'a')).toMatchObject({ leadId: 'a', version: 1, tier: 'risky' });
  });

  it('of two unknown leads is recorded, and later events of either count for one lead', async () => {
    const world = createWorld();
    await deliver(world, merging('a', 'b'), executive('b'), did('a', 'e-1', 'demo_requested'));
    expect(await openLead(world, 'a')).toMatchObject({ version: 3, stage: 'mql', tier: 'good' });
    expect(rejectionCodes(world)).toEqual([]);
  });

  it('is committed alone, in its place among the other events of the batch', async () => {
    const world = createWorld();
    await deliver(world, executive('b'));
    const answer = await world.score(
      buildBatch(did('a', 'e-1'), did('a', 'e-2'), merging('a', 'b'), did('a', 'e-3'), did('b', 'e-4')),
    );
    expect(failedIds(answer)).toEqual([]);
    const entries = await world.findEntries('a');
    expect(
      entries.filter(({ kind }) => kind === 'decided').map((entry) => requireEvent(entry).metadata.eventId),
    ).toEqual(expect.arrayContaining(['e-1', 'e-2', 'b-into-a', 'e-3']));
    expect(new Set(entries.map(({ version }) => version)).size).toBe((await openLead(world, 'a')).version);
    expect((await openLead(world, 'a')).facts.activities.page_visited?.[0]).toBe(4);
    expectChained(world, 'a');
  });

  it('that two batches deliver is recorded once, in both ledgers', async () => {
    const world = createWorld();
    await deliver(world, did('a', 'e-1'), did('b', 'e-2'), merging('a', 'b'));
    const { length } = world.written;
    await deliver(world, merging('a', 'b'));
    await world.score({ Records: [buildMessage(merging('a', 'b'), 'm-0', 2)] });
    expect(world.written).toHaveLength(length);
    expect(rejectionCodes(world)).toEqual([]);
  });

  it('with the id of another event is quarantined, and merges nothing', async () => {
    const world = createWorld();
    await deliver(world, did('b', 'e-1'), merging('a', 'c', 'same'), merging('a', 'b', 'same'));
    expect(rejectionCodes(world)).toEqual(['conflicting-content']);
    expect(await openLead(world, 'b')).toMatchObject({ version: 1, stage: 'subscriber' });
  });
});

describe('a late event of a merged lead', () => {
  it('I13: counts for the survivor', async () => {
    const world = createWorld();
    await deliver(
      world,
      did('a', 'e-1', 'demo_requested'),
      did('b', 'e-1'),
      merging('a', 'b'),
      executive('b', 'late'),
    );
    expect(await openLead(world, 'a')).toMatchObject({ version: 3, tier: 'good' });
    expect(await loadLead(world, 'b')).toMatchObject({ version: 2, status: 'merged' });
    expect(await listEventIds(world, 'a')).toEqual(['a e-1', 'a b-into-a', 'b late']);
    expectChained(world, 'a');
  });

  it('is a duplicate if it was recorded before the merge, whether known as redelivered or not', async () => {
    const world = createWorld();
    await deliver(world, did('a', 'e-1'), did('b', 'e-2'), merging('a', 'b'));
    const { length } = world.written;
    await deliver(world, did('b', 'e-2'), { ...did('b', 'e-2'), 'replay-name': 'again' });
    expect(world.written).toHaveLength(length);
    expect((await openLead(world, 'a')).facts.activities.page_visited?.[0]).toBe(2);
    expect(rejectionCodes(world)).toEqual([]);
  });

  it('is a duplicate at its second late delivery', async () => {
    const world = createWorld();
    await deliver(world, did('a', 'e-1'), merging('a', 'b'), did('b', 'late'));
    const { length } = world.written;
    await deliver(world, did('b', 'late'), { ...did('b', 'late'), 'replay-name': 'again' });
    expect(world.written).toHaveLength(length);
    expect(rejectionCodes(world)).toEqual([]);
  });

  it('is another event than one of the survivor with the same id', async () => {
    const world = createWorld();
    await deliver(world, did('a', 'e-1'), merging('a', 'b'), did('b', 'e-1'));
    expect(await listEventIds(world, 'a')).toEqual(['a e-1', 'a b-into-a', 'b e-1']);
    expect((await openLead(world, 'a')).facts.activities.page_visited?.[0]).toBe(2);
    await deliver(world, did('a', 'e-1'), did('b', 'e-1'));
    expect(await listEventIds(world, 'a')).toHaveLength(3);
    expect(rejectionCodes(world)).toEqual([]);
  });

  it('with other content under an id that was recorded is quarantined, before the merge or after', async () => {
    const world = createWorld();
    await deliver(world, did('b', 'e-1'), merging('a', 'b'), did('b', 'late'));
    await deliver(world, did('b', 'e-1', 'demo_requested'), did('b', 'late', 'demo_requested'));
    expect(rejectionCodes(world)).toEqual(['conflicting-content', 'conflicting-content']);
    expect((await openLead(world, 'a')).stage).toBe('subscriber');
  });

  it('delays no other lead of its batch', async () => {
    const world = createWorld();
    await deliver(world, did('a', 'e-1'), did('b', 'e-2'), merging('a', 'b'));
    const answer = await world.score(
      buildBatch(did('b', 'l-1'), did('c', 'e-3'), did('b', 'e-2'), did('a', 'e-4')),
    );
    expect(failedIds(answer)).toEqual([]);
    expect((await openLead(world, 'a')).facts.activities.page_visited?.[0]).toBe(4);
    expect(await listEventIds(world, 'c')).toEqual(['c e-3']);
  });
});

describe('leads that are merged one into the next', () => {
  const chained = async () => {
    const world = createWorld();
    await deliver(world, executive('a', 'of-a'), merging('b', 'a'), did('a', 'late-1'));
    await deliver(world, did('c', 'of-c', 'demo_requested'), merging('c', 'b'));
    return world;
  };

  it('are the last one, which has the facts of all', async () => {
    const world = await chained();
    await deliver(world, did('a', 'late-2'), did('b', 'late-3'));
    expect(await loadLead(world, 'a')).toMatchObject({ status: 'merged', mergedInto: 'b' });
    expect(await loadLead(world, 'b')).toMatchObject({ status: 'merged', mergedInto: 'c' });
    const survivor = await openLead(world, 'c');
    expect(survivor.tier).toBe('good');
    expect(survivor.facts.activities.page_visited?.[0]).toBe(3);
    expect((await listEventIds(world, 'c')).slice(-2)).toEqual(['a late-2', 'b late-3']);
    for (const leadId of ['a', 'b', 'c']) expectChained(world, leadId);
  });

  it('treat every event that was recorded on the way as a duplicate', async () => {
    const world = await chained();
    const { length } = world.written;
    await deliver(world, executive('a', 'of-a'), did('a', 'late-1'), merging('b', 'a'), merging('c', 'b'));
    expect(world.written).toHaveLength(length);
    expect(rejectionCodes(world)).toEqual([]);
  });

  it('are merged by any of their names', async () => {
    const world = await chained();
    await deliver(world, executive('d'), merging('a', 'd'), did('e', 'of-e'), merging('e', 'a', 'last'));
    expect(await loadLead(world, 'd')).toMatchObject({ status: 'merged', mergedInto: 'c' });
    expect(await loadLead(world, 'c')).toMatchObject({ status: 'merged', mergedInto: 'e' });
    expect(await openLead(world, 'e')).toMatchObject({ tier: 'good' });
    for (const leadId of ['c', 'd', 'e']) expectChained(world, leadId);
  });
});

describe('a merge of leads that are already one', () => {
  it('is recorded without effect', async () => {
    const world = createWorld();
    await deliver(world, executive('a'), did('b', 'e-1'), merging('a', 'b'));
    const before = await openLead(world, 'a');
    await deliver(world, merging('a', 'b', 'once-more'));
    const after = await openLead(world, 'a');
    expect(after).toEqual({ ...before, version: before.version + 1, head: after.head });
    expect((await world.findEntries('a')).at(-1)).toMatchObject({ kind: 'decided', changes: [] });
    expect(await loadLead(world, 'b')).toMatchObject({ version: 2 });
    expect(rejectionCodes(world)).toEqual([]);
  });

  it('is recorded without effect, too, if both were merged into a third', async () => {
    const world = createWorld();
    await deliver(world, did('c', 'e-1'), merging('c', 'a'), merging('c', 'b'), merging('a', 'b', 'late'));
    expect(await openLead(world, 'c')).toMatchObject({ version: 4 });
    expect((await world.findEntries('c')).at(-1)).toMatchObject({ sk: expect.stringMatching(/#late a$/) });
    expect(rejectionCodes(world)).toEqual([]);
  });

  it.each([
    ['the other way round', [merging('a', 'b')], merging('b', 'a')],
    ['by a third lead', [merging('b', 'a'), merging('c', 'b')], merging('a', 'c')],
  ])('is quarantined as a cycle if it leads back: %s', async (_what, first, back) => {
    const world = createWorld();
    await deliver(world, did('a', 'e-1'), did('b', 'e-2'), ...first);
    const { length } = world.written;
    await deliver(world, back);
    const { leadId, mergedLeadId } = back.detail.data as unknown as { leadId: string; mergedLeadId: string };
    expect(world.quarantined).toMatchObject([
      {
        body: JSON.stringify(back),
        rejection: {
          code: 'merge-cycle',
          problems: [
            {
              path: 'detail.data.mergedLeadId',
              given: JSON.stringify(mergedLeadId),
              allowed: `another lead: ${leadId} was merged into this one before, so that the two are one already`,
            },
          ],
        },
      },
    ]);
    expect(world.written).toHaveLength(length);
  });

  it('as a cycle delays no other event of its lead', async () => {
    const world = createWorld();
    await deliver(world, did('a', 'e-1'), merging('a', 'b'));
    const answer = await world.score(buildBatch(did('b', 'e-2'), merging('b', 'a'), did('b', 'e-3')));
    expect(failedIds(answer)).toEqual([]);
    expect(rejectionCodes(world)).toEqual(['merge-cycle']);
    expect((await openLead(world, 'a')).facts.activities.page_visited?.[0]).toBe(3);
  });
});

describe('another writer that is first while leads are merged', () => {
  /** Returns another function on the same ledger, which gets these events between the decision and the first writes. */
  const runDisturbed = async (...batches: (readonly unknown[])[]) => {
    const left = [...batches];
    const world: ScoringWorld = createWorld((memory, stores) => {
      const rival = createWorld(undefined, stores);
      return {
        ...memory,
        append: async (...given) => {
          const batch = left.shift();
          if (batch !== undefined) expect(failedIds(await rival.score(buildBatch(...batch)))).toEqual([]);
          return memory.append(...given);
        },
      };
    });
    return world;
  };
  const start = [did('a', 'e-1', 'demo_requested'), did('b', 'e-2')];

  it.each(['a', 'b'])('on %s makes the merge decide again, and its event counts', async (leadId) => {
    const world = await runDisturbed([], [], [executive(leadId)]);
    await deliver(world, ...start, merging('a', 'b'));
    expect(world.waits).toHaveLength(1);
    expect(await openLead(world, 'a')).toMatchObject({ tier: 'good' });
    expect(await loadLead(world, 'b')).toMatchObject({ status: 'merged' });
    expectChained(world, 'a');
    expectChained(world, 'b');
  });

  it('by merging the survivor away makes the merge follow the redirection', async () => {
    const world = await runDisturbed([], [], [merging('c', 'a')]);
    await deliver(world, ...start, merging('a', 'b'));
    expect(await loadLead(world, 'b')).toMatchObject({ status: 'merged', mergedInto: 'c' });
    expect((await openLead(world, 'c')).facts.activities.page_visited?.[0]).toBe(1);
    for (const leadId of ['a', 'b', 'c']) expectChained(world, leadId);
  });

  it('by merging the other way round makes it a cycle', async () => {
    const world = await runDisturbed([], [], [merging('b', 'a')]);
    await deliver(world, ...start, merging('a', 'b'));
    expect(rejectionCodes(world)).toEqual(['merge-cycle']);
    expect(await openLead(world, 'b')).toMatchObject({ stage: 'mql' });
    expect(await loadLead(world, 'a')).toMatchObject({ status: 'merged', mergedInto: 'b' });
  });

  it('with the same merge makes it a duplicate', async () => {
    const world = await runDisturbed([], [], [merging('a', 'b')]);
    await deliver(world, ...start, merging('a', 'b'));
    expect(await openLead(world, 'a')).toMatchObject({ version: 2 });
    expect(rejectionCodes(world)).toEqual([]);
  });

  it('by merging a lead away while its own events are decided redirects them to the survivor', async () => {
    const world = await runDisturbed([], [], [merging('a', 'b')]);
    await deliver(world, ...start);
    expect(failedIds(await world.score(buildBatch(executive('b'), did('b', 'e-3'))))).toEqual([]);
    expect(await openLead(world, 'a')).toMatchObject({ tier: 'good' });
    expect(await listEventIds(world, 'a')).toEqual(['a e-1', 'a b-into-a', 'b profile', 'b e-3']);
  });

  it('again and again sends the merge back with nothing written', async () => {
    const world: ScoringWorld = createWorld((memory) => ({
      ...memory,
      append: async (commit, other) => (other === undefined ? memory.append(commit) : { kind: 'conflict' }),
    }));
    await deliver(world, ...start);
    const { length } = world.written;
    expect(failedIds(await world.score(buildBatch(merging('a', 'b'), did('c', 'e-3'))))).toEqual(['m-0']);
    expect(world.waits).toHaveLength(9);
    expect(world.written.slice(length).map(({ pk }) => pk?.S)).toEqual([leadKey('c'), leadKey('c')]);
  });
});

describe('redirections that lead in a circle, which Sluice never writes', () => {
  it('send back the messages of those leads only', async () => {
    const world = createWorld();
    await deliver(world, did('a', 'e-1'), merging('a', 'b'));
    const circle = world.memory.item(leadKey('b'), 'STATE') as Item;
    world.memory.put({ ...circle, pk: { S: leadKey('a') }, mergedInto: { S: 'b' } });
    const answer = await world.score(buildBatch(did('b', 'e-2'), did('c', 'e-3'), merging('d', 'b', 'x')));
    expect(failedIds(answer)).toEqual(['m-0', 'm-2']);
    expect(await listEventIds(world, 'c')).toEqual(['c e-3']);
  });
});
