import { describe, expect, it } from 'vitest';
import { readBatch } from '../../../functions/score-leads/deliveries.ts';
import { scoreLead } from '../../../functions/score-leads/score-lead.ts';
import { leadKey } from '../../../shared/keys/index.ts';
import { createFixedModels } from '../../../shared/model-store/index.ts';
import {
  buildBatch,
  createScoringWorld,
  deliver,
  failedIds,
  loadLead,
  rejectionCodes,
  requireDecided,
  type ScoringWorld,
} from '../../support/deliveries.ts';
import { buildEntry } from '../../support/events.ts';
import { buildGoodLead, buildWakeUp, fadingModel, fallsAt } from '../../support/fading.ts';
import { compileDocument } from '../../support/models.ts';

const model = fadingModel();
const start = Date.parse('2026-03-01T10:00:00Z');
const visit = (at: string, id: string, more: object = {}) =>
  buildEntry({ type: 'LeadActivityRecorded', data: { activity: 'page_visited' }, at, id, ...more });

/** Creates score-leads with a clock that the test moves. */
const createTimedWorld = (by = model) => {
  let now = start;
  const world = createScoringWorld({ model: by, now: () => now });
  return {
    ...world,
    moveTo: (at: string) => {
      now = Date.parse(at);
    },
  };
};

const stateItem = ({ memory }: ScoringWorld, leadId = 'l-1') => memory.item(leadKey(leadId), 'STATE');
const due = (world: ScoringWorld) => ({
  dueAt: stateItem(world)?.dueAt?.S,
  hour: stateItem(world)?.dueKey?.S?.split('#')[0],
});

/** Returns each entry of a lead in a line: its type, its instant and the tier after it. */
const history = async (world: ScoringWorld) =>
  (await world.findEntries('l-1')).map((entry) => {
    if (entry.kind === 'erased') return 'erased';
    const tier = entry.kind === 'decided' ? entry.standing.tier : entry.change.type;
    return `${entry.type} ${entry.event.metadata.occurredAt.slice(0, 16)} ${tier}`;
  });

const good = [
  'LeadProfileUpdated 2026-03-01T09:00 risky',
  'LeadActivityRecorded 2026-03-01T09:00 risky',
  'LeadActivityRecorded 2026-03-01T09:00 good',
];
const fell = 'LeadClockAdvanced 2026-03-11T00:00 risky';

describe('a lead that changes by itself', () => {
  it('is in the index by due time, at the hour at which it falls', async () => {
    const world = createTimedWorld();
    await deliver(world, ...buildGoodLead());
    expect(due(world)).toEqual({ dueAt: fallsAt, hour: '2026-03-11T00' });
  });

  it('falls when it is woken, in an entry of its own, announced as caused by time', async () => {
    const world = createTimedWorld();
    await deliver(world, ...buildGoodLead());
    world.moveTo('2026-03-11T00:03:00Z');
    await deliver(world, buildWakeUp('l-1', fallsAt));
    expect(await history(world)).toEqual([...good, fell]);
    const entry = requireDecided((await world.findEntries('l-1')).at(-1) as never);
    expect(entry.changes).toMatchObject([
      { type: 'LeadTierChanged', from: 'good', to: 'risky', trigger: 'time' },
    ]);
    expect(due(world)).toEqual({ dueAt: undefined, hour: undefined });
  });

  it('falls at its own hour, however late it is woken, and once, however often', async () => {
    const world = createTimedWorld();
    await deliver(world, ...buildGoodLead());
    world.moveTo('2026-03-20T12:00:00Z');
    const wakeUp = buildWakeUp('l-1', fallsAt);
    expect(failedIds(await world.score(buildBatch(wakeUp, wakeUp)))).toEqual([]);
    await deliver(world, wakeUp);
    expect(await history(world)).toEqual([...good, fell]);
    expect(await loadLead(world, 'l-1')).toMatchObject({ version: 4 });
  });

  it('has fallen before an event that overtook the one which wakes it', async () => {
    const late = createTimedWorld();
    const punctual = createTimedWorld();
    for (const world of [late, punctual]) await deliver(world, ...buildGoodLead());
    punctual.moveTo('2026-03-11T00:03:00Z');
    await deliver(punctual, buildWakeUp('l-1', fallsAt));
    for (const world of [late, punctual]) {
      world.moveTo('2026-03-12T10:00:00Z');
      await deliver(world, visit('2026-03-12T09:00:00.000Z', 'v-2'), buildWakeUp('l-1', fallsAt));
    }
    expect(await history(late)).toEqual([...good, fell, 'LeadActivityRecorded 2026-03-12T09:00 risky']);
    expect(await history(late)).toEqual(await history(punctual));
  });

  it('has fallen between two events of one batch, too', async () => {
    const world = createTimedWorld();
    world.moveTo('2026-03-12T10:00:00Z');
    const events = [...buildGoodLead(), visit('2026-03-12T09:00:00.000Z', 'v-2')];
    expect(failedIds(await world.score(buildBatch(...events)))).toEqual([]);
    expect(await history(world)).toEqual([...good, fell, 'LeadActivityRecorded 2026-03-12T09:00 risky']);
  });

  it('counts the changes that are announced: what it caught up with before an event, and no history', async () => {
    const now = Date.parse('2026-03-12T10:00:00Z');
    const listTierChanges = async (...events: unknown[]) => {
      const models = createFixedModels(model);
      const deps = { ledger: createTimedWorld().memory, models, now: () => now, wait: async () => {} };
      const deliveries = readBatch(buildBatch(...events), now).byLead.get('l-1') ?? [];
      const { changes } = await scoreLead(deps, 'l-1', deliveries, async () => undefined);
      return changes.flatMap((one) => (one.type === 'LeadTierChanged' ? `${one.from}-${one.to}` : []));
    };
    const later = visit('2026-03-12T09:00:00.000Z', 'v-2');
    expect(await listTierChanges(...buildGoodLead(), later)).toEqual([
      'none-risky',
      'risky-good',
      'good-risky',
    ]);
    expect(await listTierChanges(...buildGoodLead('l-1', { backfill: true }))).toEqual([]);
  });

  it('stays in the index where it is when an event moves its fall, until it is woken', async () => {
    const world = createTimedWorld();
    await deliver(world, ...buildGoodLead());
    world.moveTo('2026-03-06T10:00:00Z');
    await deliver(world, visit('2026-03-06T09:00:00.000Z', 'v-2'), visit('2026-03-06T09:30:00.000Z', 'v-3'));
    expect(due(world)).toEqual({ dueAt: fallsAt, hour: '2026-03-11T00' });
    const before = world.written.length;
    world.moveTo('2026-03-11T00:03:00Z');
    await deliver(
      world,
      visit('2026-03-10T23:00:00.000Z', 'v-4'),
      visit('2026-03-10T23:30:00.000Z', 'v-5'),
      buildWakeUp('l-1', fallsAt),
    );
    // Four visits are still in the window, and later two, which are enough: it is due when these leave it.
    expect(await history(world)).not.toContain(fell);
    // An entry and a state for each visit; the wake-up only moves the lead in the index.
    expect(world.written.length - before).toBe(5);
    expect(due(world)).toEqual({ dueAt: '2026-03-20T00:00:00.000Z', hour: '2026-03-20T00' });
  });

  it('is left alone by a wake-up that is out of date, and by one for a lead that is unknown or closed', async () => {
    const world = createTimedWorld();
    await deliver(
      world,
      ...buildGoodLead(),
      buildEntry({ type: 'LeadErasureRequested', data: { leadId: 'gone' }, id: 'erase' }),
    );
    const before = world.written.length;
    await deliver(
      world,
      buildWakeUp('l-1', '2026-03-01T10:00:00.000Z'),
      buildWakeUp('nobody', fallsAt),
      buildWakeUp('gone', fallsAt),
    );
    expect(world.written.length).toBe(before);
    expect(world.quarantined).toEqual([]);
  });

  it('is due at an hour that is not over, if it is written when its due time has passed', async () => {
    const world = createTimedWorld();
    world.moveTo('2026-04-02T07:30:00Z');
    await deliver(world, ...buildGoodLead());
    expect(due(world)).toEqual({ dueAt: fallsAt, hour: '2026-04-02T07' });
  });
});

describe('a lead whose due time has passed', () => {
  it('is indexed at the hour of an event that leaves it due, since its own hour may be done', async () => {
    const world = createTimedWorld();
    await deliver(world, ...buildGoodLead());
    world.moveTo('2026-03-11T05:30:00Z');
    await deliver(world, visit('2026-03-05T09:00:00.000Z', 'late'));
    expect(due(world)).toEqual({ dueAt: fallsAt, hour: '2026-03-11T05' });
  });
});

describe('a producer', () => {
  it("can't advance time", async () => {
    const world = createTimedWorld();
    await deliver(world, ...buildGoodLead());
    await deliver(world, { ...buildWakeUp('l-1', fallsAt), source: 'crm' });
    expect(rejectionCodes(world)).toEqual(['reserved-type']);
  });

  it("can't take the place of an entry of the clock", async () => {
    const world = createTimedWorld();
    await deliver(world, visit('2026-03-01T09:00:00.000Z', 'sluice.clock'));
    expect(world.quarantined[0]?.rejection).toEqual({
      code: 'malformed',
      problems: [
        {
          path: 'detail.metadata.eventId',
          given: '"sluice.clock"',
          allowed: "an id of the producer's own: this one is that of Sluice's clock",
        },
      ],
    });
  });
});

describe('the first wake-up after an upgrade', () => {
  const createOldLead = async () => {
    const world = createTimedWorld();
    await deliver(world, ...buildGoodLead());
    const { dueAt: _dueAt, dueKey: _dueKey, ...old } = stateItem(world) ?? {};
    world.memory.put(old as never);
    return world;
  };

  it('brings a lead that has changed to the present in one step', async () => {
    const world = await createOldLead();
    world.moveTo('2026-04-02T07:30:00Z');
    await deliver(world, buildWakeUp('l-1', '2026-04-02T07:00:00.000Z', true));
    expect(await history(world)).toEqual([...good, 'LeadClockAdvanced 2026-04-02T07:00 risky']);
  });

  it('gives a lead that will change its due time', async () => {
    const world = await createOldLead();
    world.moveTo('2026-03-05T07:30:00Z');
    await deliver(world, buildWakeUp('l-1', '2026-03-05T07:00:00.000Z', true));
    expect(due(world).dueAt).toBe(fallsAt);
  });

  it('leaves a lead alone of which nothing is to be expected', async () => {
    const world = createTimedWorld();
    await deliver(world, buildGoodLead()[0]);
    const before = world.written.length;
    world.moveTo('2026-04-02T07:30:00Z');
    await deliver(world, buildWakeUp('l-1', '2026-04-02T07:00:00.000Z', true));
    expect(world.written.length).toBe(before);
  });
});

describe('history', () => {
  it('I15: announces nothing on the way, and once how the lead stands when no more of it comes', async () => {
    const world = createTimedWorld();
    world.moveTo('2026-06-01T10:01:00Z');
    await deliver(world, ...buildGoodLead('l-1', { backfill: true }));
    expect(world.written.filter(({ changes }) => changes !== undefined)).toEqual([]);
    expect(world.written.filter(({ silent }) => silent !== undefined)).toHaveLength(3);
    expect(due(world)).toEqual({ dueAt: '2026-06-01T10:20:00.000Z', hour: '2026-06-01T10' });
    world.moveTo('2026-06-01T10:12:00Z');
    await deliver(world, visit('2026-03-01T10:00:00.000Z', 'v-1', { backfill: true }));
    expect(due(world).dueAt).toBe('2026-06-01T10:30:00.000Z');
    world.moveTo('2026-06-01T10:21:00Z');
    await deliver(world, buildWakeUp('l-1', '2026-06-01T10:20:00.000Z'));
    expect(world.written.filter(({ changes }) => changes !== undefined)).toEqual([]);
    world.moveTo('2026-06-01T10:31:00Z');
    await deliver(world, buildWakeUp('l-1', '2026-06-01T10:30:00.000Z'));
    const entry = requireDecided((await world.findEntries('l-1')).at(-1) as never);
    expect(entry.event).toMatchObject({
      type: 'LeadClockAdvanced',
      metadata: { occurredAt: '2026-06-01T10:30:00.000Z' },
    });
    expect(entry.changes).toMatchObject([
      { type: 'LeadTierChanged', from: 'none', to: 'risky', trigger: 'backfill' },
    ]);
    expect(await loadLead(world, 'l-1')).not.toHaveProperty('announced');
  });

  it('announces nothing if the lead stands as it was announced', async () => {
    const world = createTimedWorld();
    await deliver(world, ...buildGoodLead(), visit('2026-02-28T10:00:00.000Z', 'v-0', { backfill: true }));
    expect(await loadLead(world, 'l-1')).toMatchObject({ announced: { tier: 'good', stage: 'mql' } });
    world.moveTo('2026-03-01T10:21:00Z');
    await deliver(world, buildWakeUp('l-1', '2026-03-01T10:15:00.000Z'));
    const entry = requireDecided((await world.findEntries('l-1')).at(-1) as never);
    expect(entry).toMatchObject({ type: 'LeadClockAdvanced', changes: [] });
    expect(due(world).dueAt).toBe(fallsAt);
  });

  it('is settled by an event that is none', async () => {
    const world = createTimedWorld();
    await deliver(
      world,
      ...buildGoodLead('l-1', { backfill: true }),
      visit('2026-03-01T09:30:00.000Z', 'v-1'),
    );
    const entry = requireDecided((await world.findEntries('l-1')).at(-1) as never);
    expect(entry.changes.map(({ type }) => type)).toEqual(['LeadStageTransitioned', 'LeadTierChanged']);
    expect(due(world).dueAt).toBe(fallsAt);
  });
});

describe('a lead of which nothing is heard any more', () => {
  const retaining = fadingModel({ retainMonths: 6 });

  it('is erased when the policy does not retain it any longer, after its last change', async () => {
    const world = createTimedWorld(retaining);
    await deliver(world, ...buildGoodLead());
    world.moveTo('2026-10-01T00:00:00Z');
    await deliver(world, buildWakeUp('l-1', fallsAt));
    expect(due(world).dueAt).toBe('2026-09-01T09:00:00.000Z');
    await deliver(world, buildWakeUp('l-1', '2026-09-01T09:00:00.000Z'));
    expect(await history(world)).toEqual([...good, fell, 'LeadClockAdvanced 2026-09-01T09:00 LeadErased']);
    expect(JSON.stringify(world.written.at(-1))).not.toContain('executive');
    const closing = world.written.find(({ changes }) => changes?.S?.includes('LeadErased'));
    expect(closing?.changes?.S).toContain('"cause":"retention"');
  });

  it('is erased, and not judged at the same instant as well, if another model judged it last', async () => {
    const world = createTimedWorld(retaining);
    await deliver(
      world,
      buildEntry({ type: 'LeadProfileUpdated', data: { attributes: { seniority: 'staff' } } }),
    );
    const { dueAt = '' } = due(world);
    const { version: _version, ...document } = retaining.document;
    const next = compileDocument({ ...document, version: '2' });
    const later = createScoringWorld({
      stores: world.stores,
      model: next,
      now: () => Date.parse('2026-10-01T00:00:00Z'),
    });
    await deliver(later, buildWakeUp('l-1', dueAt));
    expect(await history(later)).toEqual([`LeadClockAdvanced ${dueAt.slice(0, 16)} LeadErased`]);
  });

  it('is retained if something is heard before that is noticed', async () => {
    const world = createTimedWorld(retaining);
    await deliver(world, ...buildGoodLead());
    world.moveTo('2026-10-01T00:00:00Z');
    await deliver(world, visit('2026-09-30T00:00:00.000Z', 'v-9'), buildWakeUp('l-1', fallsAt));
    expect(await loadLead(world, 'l-1')).toMatchObject({ status: 'active' });
  });
});
