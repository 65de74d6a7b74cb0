import { describe, expect, it } from 'vitest';
import { leadKey } from '../../../shared/keys/index.ts';
import type { LeadState } from '../../../shared/lead/index.ts';
import type { ActiveModels, ModelsInUse } from '../../../shared/model-store/index.ts';
import { createFixedModels } from '../../../shared/model-store/index.ts';
import { createScoringWorld, deliver, loadLead, type ScoringWorld } from '../../support/deliveries.ts';
import { buildEntry } from '../../support/events.ts';
import { buildGoodLead, buildWakeUp, fadingModel, fallsAt } from '../../support/fading.ts';
import { compileDocument } from '../../support/models.ts';

const first = fadingModel();
const rule = { tiers: ['risky'], action: { kind: 'nurture', track: 'again' } };
const document = { ...first.document, version: '2' };
/** The same model, but its policy asks for nurture once a lead is risky. */
const second = compileDocument({ ...document, policy: { ...document.policy, rules: [rule] } });
const activatedAt = '2026-03-05T00:00:00.000Z';
const quietly: ModelsInUse = { active: second, revision: 7, activatedAt, actions: 'none' };
const job = () => ({
  ...buildEntry({
    type: 'LeadRescoreRequested',
    data: { leadId: 'l-1', modelVersion: second.version, actions: 'none' },
    at: activatedAt,
    id: 'rescore-7-1',
  }),
  source: 'sluice.rescore',
});

/** Returns a lead that the first model has judged, and the function by other models, at a later time. */
const judgedBefore = async (models: ModelsInUse, at: string = fallsAt) => {
  const old = createScoringWorld({ model: first, now: () => Date.parse('2026-03-01T10:00:00Z') });
  await deliver(old, ...buildGoodLead());
  return createScoringWorld({
    models: createFixedModels(models),
    stores: old.stores,
    now: () => Date.parse(at),
  });
};

const listEntries = async (world: ScoringWorld) =>
  (await world.findEntries('l-1')).map(({ sk }) => sk.replace('EVENT#', ''));
const openLead = async (world: ScoringWorld) => (await loadLead(world, 'l-1')) as LeadState;
const storedState = ({ memory }: ScoringWorld) => memory.item(leadKey('l-1'), 'STATE');

describe('a lead that is due and was judged by another model', () => {
  it('is rescored by the activation first, so that time starts nothing of a model without actions', async () => {
    const world = await judgedBefore(quietly);
    const { action } = await openLead(world);
    await deliver(world, buildWakeUp('l-1', fallsAt));
    expect(await listEntries(world)).toEqual([`${activatedAt}#rescore-7-1`, `${fallsAt}#sluice.clock`]);
    expect(await openLead(world)).toMatchObject({ tier: 'risky', action, actionsWait: true });
  });

  it('starts what follows if the model was activated with actions', async () => {
    const world = await judgedBefore({ ...quietly, actions: 'all' });
    await deliver(world, buildWakeUp('l-1', fallsAt));
    expect(await openLead(world)).toMatchObject({ tier: 'risky', action: rule.action });
  });

  it('takes the request of the job that comes later as a repetition', async () => {
    const world = await judgedBefore(quietly);
    await deliver(world, buildWakeUp('l-1', fallsAt), job());
    await deliver(world, job());
    expect(await listEntries(world)).toHaveLength(2);
    expect(world.quarantined).toEqual([]);
  });

  it('is rescored again if a function that knew the model before has judged it since', async () => {
    const world = await judgedBefore(quietly);
    await deliver(world, job());
    const late = createScoringWorld({ model: first, stores: world.stores });
    await deliver(late, buildEntry({ type: 'LeadIdentified', data: identified, id: 'late' }));
    const { version } = await openLead(world);
    await deliver(world, buildWakeUp('l-1', fallsAt));
    expect(await listEntries(world)).toContain(`${activatedAt}#rescore-7-1-${version}`);
    expect(await openLead(world)).toMatchObject({ tier: 'risky', modelVersion: second.version });
  });

  it('is rescored before an event by which time has changed it, and its own event starts what follows', async () => {
    const world = await judgedBefore(quietly, '2026-03-12T10:00:00.000Z');
    const visit = { type: 'LeadActivityRecorded', data: { activity: 'email_opened' } } as const;
    await deliver(world, buildEntry({ ...visit, at: '2026-03-12T09:00:00.000Z', id: 'own' }));
    expect(await listEntries(world)).toEqual([
      `${activatedAt}#rescore-7-1`,
      `${fallsAt}#sluice.clock`,
      '2026-03-12T09:00:00.000Z#own',
    ]);
    expect(await openLead(world)).toMatchObject({ action: rule.action });
    expect(await openLead(world)).not.toHaveProperty('actionsWait');
  });

  it('is judged at once by an event that time didn’t overtake', async () => {
    const world = await judgedBefore(quietly, '2026-03-06T10:00:00.000Z');
    const visit = { type: 'LeadActivityRecorded', data: { activity: 'email_opened' } } as const;
    await deliver(world, buildEntry({ ...visit, at: '2026-03-06T09:00:00.000Z', id: 'own' }));
    expect(await listEntries(world)).toEqual(['2026-03-06T09:00:00.000Z#own']);
  });

  it('is settled at once if its history was loaded: the active model judges it in any case', async () => {
    const old = createScoringWorld({ model: first, now: () => Date.parse('2026-03-01T10:00:00Z') });
    await deliver(old, ...buildGoodLead('l-1', { backfill: true }));
    const dueAt = storedState(old)?.dueAt?.S ?? '';
    const world = createScoringWorld({
      models: createFixedModels(quietly),
      stores: old.stores,
      now: () => Date.parse(dueAt),
    });
    await deliver(world, buildWakeUp('l-1', dueAt));
    expect((await world.findEntries('l-1')).map(({ type }) => type)).toEqual(['LeadClockAdvanced']);
  });
});

describe('a request of a later pass', () => {
  const again = (actions: 'all' | 'none') => {
    const { detail, ...entry } = job();
    const { metadata, data } = detail;
    const of = { metadata: { ...metadata, eventId: 'rescore-7-2' }, data: { ...data, actions } };
    return { ...entry, detail: of };
  };

  it('has no entry if the lead is judged by the active model already', async () => {
    const world = await judgedBefore(quietly);
    await deliver(world, job());
    await deliver(world, again('none'));
    expect(await listEntries(world)).not.toContain(`${activatedAt}#rescore-7-2`);
    expect(world.quarantined).toEqual([]);
  });

  it('ends the waiting of a lead if it is with actions', async () => {
    const world = await judgedBefore(quietly);
    await deliver(world, job());
    expect(await openLead(world)).toMatchObject({ actionsWait: true });
    await deliver(world, again('all'));
    expect(await openLead(world)).not.toHaveProperty('actionsWait');
  });
});

describe('a request of an activation that another one has replaced', () => {
  /** Model 2 was activated with actions, and before its last request came, model 1 was made active again without. */
  const byTwo: ModelsInUse = { ...quietly, actions: 'all' };
  const byOneAgain: ModelsInUse = { active: first, revision: 8, activatedAt: fallsAt, actions: 'none' };
  const request = () => {
    const { detail, ...entry } = job();
    return { ...entry, detail: { ...detail, data: { ...detail.data, actions: 'all' } } };
  };

  it('starts nothing that the later activation is not to start', async () => {
    const byTwoWorld = createScoringWorld({ models: createFixedModels(byTwo) });
    await deliver(byTwoWorld, ...buildGoodLead());
    const { action, version } = await openLead(byTwoWorld);
    expect(action).toEqual({ kind: 'none' });
    const world = createScoringWorld({ models: createFixedModels(byOneAgain), stores: byTwoWorld.stores });
    await deliver(world, request());
    expect(await openLead(world)).toMatchObject({ action, version });
    expect(world.quarantined).toEqual([]);
  });

  it('is left out, and the events around it are recorded', async () => {
    const world = await judgedBefore(byOneAgain);
    const visit = { type: 'LeadActivityRecorded', data: { activity: 'email_opened' } } as const;
    const [one, two] = ['one', 'two'].map((id) =>
      buildEntry({ ...visit, at: '2026-03-02T09:00:00.000Z', id }),
    );
    await deliver(world, one, request(), two);
    const types = (await world.findEntries('l-1')).map(({ type }) => type);
    expect(types).toEqual(['LeadActivityRecorded', 'LeadActivityRecorded']);
  });
});

const identified = { identifiers: [{ type: 'email', key: 'Zm9vYmFyYmF6cXV4cXV1eA' }] };

describe('the models in use', () => {
  it('are read again for a lead that another model has judged, and not for any other', async () => {
    const inUse: ModelsInUse = { active: first, revision: 1, activatedAt, actions: 'all' };
    let reads = 0;
    const read = async () => {
      reads++;
      return quietly;
    };
    const models: ActiveModels = { current: async () => inUse, refreshed: read, refreshedFor: read };
    const world = createScoringWorld({ models });
    await deliver(world, ...buildGoodLead());
    expect(reads).toBe(0);
    const other = createScoringWorld({ models: createFixedModels(quietly), stores: world.stores });
    await deliver(other, job());
    await deliver(world, buildEntry({ type: 'LeadIdentified', data: identified, id: 'known' }));
    expect(reads).toBe(1);
    expect(await openLead(world)).toMatchObject({ modelVersion: second.version });
  });
});

describe('a request that names another model than is known', () => {
  it('is judged by what is in use at that moment, and not by what was read a moment ago', async () => {
    const old: ModelsInUse = { active: first, revision: 1, activatedAt, actions: 'all' };
    const models: ActiveModels = {
      current: async () => old,
      refreshed: async () => old,
      refreshedFor: async () => quietly,
    };
    const world = createScoringWorld({ models });
    await deliver(world, ...buildGoodLead());
    await deliver(world, job());
    expect(await openLead(world)).toMatchObject({ modelVersion: second.version });
  });
});

describe('the shadow model', () => {
  const shadow = compileDocument({
    ...first.document,
    version: 'shadow',
    tiers: { excellent: 60, good: 40, risky: 25, hysteresis: 0 },
  });
  const shadowed: ModelsInUse = { active: first, revision: 1, activatedAt, actions: 'all', shadow };

  it('scores each lead beside the active model, and announces nothing', async () => {
    const plain = createScoringWorld({ model: first });
    const world = createScoringWorld({ models: createFixedModels(shadowed) });
    for (const one of [plain, world]) await deliver(one, ...buildGoodLead());
    expect(await loadLead(world, 'l-1')).toMatchObject({
      tier: 'good',
      shadow: { model: 'small@shadow', stage: 'mql', tier: 'excellent', action: { kind: 'handoff' } },
    });
    const changesOf = async (one: ScoringWorld) =>
      (await one.findEntries('l-1')).map((entry) => entry.kind === 'decided' && entry.changes);
    expect(await changesOf(world)).toEqual(await changesOf(plain));
  });

  it('is no part of the state but beside it: all else is stored as without one', async () => {
    const plain = createScoringWorld({ model: first });
    const world = createScoringWorld({ models: createFixedModels(shadowed) });
    for (const one of [plain, world]) await deliver(one, ...buildGoodLead());
    const { shadow: stored, head: _head, dueKey: _dueKey, ...state } = storedState(world) ?? {};
    const { head: _plainHead, dueKey: _plainDueKey, ...expected } = storedState(plain) ?? {};
    expect(stored).toBeDefined();
    expect(state).toEqual(expected);
  });

  it('holds on to its own tier within its hysteresis', async () => {
    const holding = compileDocument({
      ...first.document,
      version: 'holding',
      tiers: { excellent: 80, good: 74, risky: 25, hysteresis: 5 },
    });
    const world = createScoringWorld({ models: createFixedModels({ ...shadowed, shadow: holding }) });
    await deliver(world, ...buildGoodLead());
    const first77 = await loadLead(world, 'l-1');
    const later = createScoringWorld({
      models: createFixedModels({ ...shadowed, shadow: holding }),
      stores: world.stores,
      now: () => Date.parse(fallsAt),
    });
    await deliver(later, buildWakeUp('l-1', fallsAt));
    expect([first77, await loadLead(later, 'l-1')]).toMatchObject([
      { tier: 'good', shadow: { tier: 'good' } },
      { tier: 'risky', shadow: { tier: 'good' } },
    ]);
  });

  it('is gone with the next commit once there is none, and with an erasure', async () => {
    const world = createScoringWorld({ models: createFixedModels(shadowed) });
    await deliver(world, ...buildGoodLead());
    const off = createScoringWorld({ model: first, stores: world.stores });
    await deliver(off, buildEntry({ type: 'LeadIdentified', data: identified, id: 'known' }));
    expect(storedState(off)).not.toHaveProperty('shadow');
    await deliver(world, buildEntry({ type: 'LeadIdentified', data: identified, id: 'again' }));
    expect(storedState(world)).toHaveProperty('shadow');
    await deliver(world, buildEntry({ type: 'LeadErasureRequested', data: {}, id: 'gone' }));
    expect(storedState(world)).not.toHaveProperty('shadow');
  });
});
