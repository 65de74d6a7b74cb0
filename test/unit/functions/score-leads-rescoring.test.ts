import { describe, expect, it } from 'vitest';
import type { LeadState } from '../../../shared/lead/index.ts';
import { RegistryError } from '../../../shared/model-store/index.ts';
import {
  buildBatch,
  createScoringWorld,
  deliver,
  failedIds,
  loadLead,
  type ScoringWorld,
} from '../../support/deliveries.ts';
import { buildEntry } from '../../support/events.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const before = compileDocument(smallDocument());
/** The same model with lower bounds: a lead that was risky before is good now. */
const after = compileDocument({
  ...smallDocument(),
  version: '2',
  tiers: { excellent: 80, good: 35, risky: 25, hysteresis: 5 },
});

const profile = (leadId = 'l-1') =>
  buildEntry({
    type: 'LeadProfileUpdated',
    data: { leadId, attributes: { seniority: 'executive' } },
    id: 'profile',
  });
const rescoring = (leadId = 'l-1', id = 'rescore') =>
  buildEntry({
    type: 'LeadRescoreRequested',
    data: { leadId, modelVersion: after.version },
    at: '2026-05-01T09:00:00.000Z',
    id,
  });

const loadOpenLead = async (world: ScoringWorld) => (await loadLead(world, 'l-1')) as LeadState;

/** Returns a lead that the earlier model has judged, and the function as deployed with the next one. */
const judgedBefore = async () => {
  const old = createScoringWorld({ model: before });
  await deliver(old, profile());
  return {
    judged: await loadOpenLead(old),
    world: createScoringWorld({ model: after, stores: old.stores }),
  };
};

describe('rescoring a lead', () => {
  it('I11: judges it by the deployed model, and announces the changed tier once', async () => {
    const { judged, world } = await judgedBefore();
    expect(judged).toMatchObject({ tier: 'risky', modelVersion: before.version });
    await deliver(world, rescoring());
    expect(await loadOpenLead(world)).toMatchObject({
      version: 2,
      tier: 'good',
      modelVersion: after.version,
    });
    expect(await world.findEntries('l-1')).toMatchObject([
      {
        kind: 'decided',
        type: 'LeadRescoreRequested',
        changes: [{ type: 'LeadTierChanged', from: 'risky', to: 'good' }],
      },
    ]);
  });

  it('changes none of the facts, nor the latest instant that the lead has seen', async () => {
    const { judged, world } = await judgedBefore();
    await deliver(world, rescoring());
    expect((await loadOpenLead(world)).facts).toEqual(judged.facts);
    expect(judged.facts.seen).toBe(Date.parse('2026-03-01T09:00:00.000Z'));
  });

  it('announces nothing if the deployed model gives the same result', async () => {
    const world = createScoringWorld({ model: before });
    await deliver(world, profile(), rescoring());
    expect((await world.findEntries('l-1')).at(-1)).toMatchObject({ version: 2, changes: [] });
  });

  it('that is requested again is a duplicate', async () => {
    const { world } = await judgedBefore();
    await deliver(world, rescoring());
    const { length } = world.written;
    await deliver(world, rescoring(), { ...rescoring(), 'replay-name': 'again' });
    expect(world.written).toHaveLength(length);
    expect(world.quarantined).toEqual([]);
  });

  it('goes together with other events of the lead, in their order', async () => {
    const { world } = await judgedBefore();
    const demo = buildEntry({
      type: 'LeadActivityRecorded',
      data: { activity: 'demo_requested' },
      id: 'demo',
    });
    expect(failedIds(await world.score(buildBatch(rescoring(), demo)))).toEqual([]);
    expect(
      (await world.findEntries('l-1')).map(({ version, ordinal, type }) => [version, ordinal, type]),
    ).toEqual([
      [2, 0, 'LeadRescoreRequested'],
      [2, 1, 'LeadActivityRecorded'],
    ]);
  });

  it('of an unknown lead is quarantined, and creates none', async () => {
    const world = createScoringWorld({ model: after });
    await deliver(world, rescoring('nobody'));
    expect(world.written).toEqual([]);
    expect(world.quarantined).toMatchObject([
      {
        rejection: {
          code: 'unknown-lead',
          problems: [
            { path: 'detail.data.leadId', given: '"nobody"', allowed: 'a lead that has been scored' },
          ],
        },
      },
    ]);
  });

  it('of an unknown lead delays none of the events that create it', async () => {
    const world = createScoringWorld({ model: after });
    expect(
      failedIds(await world.score(buildBatch(rescoring(), profile(), rescoring('l-1', 'again')))),
    ).toEqual([]);
    expect(world.quarantined.map(({ rejection }) => rejection.code)).toEqual(['unknown-lead']);
    expect((await world.findEvents('l-1')).map(({ metadata }) => metadata.eventId)).toEqual([
      'profile',
      'again',
    ]);
  });

  it('of a merged lead rescores the survivor; of an erased one it is redacted', async () => {
    const { world } = await judgedBefore();
    const merging = buildEntry({
      type: 'LeadsMerged',
      data: { leadId: 'l-2', mergedLeadId: 'l-1' },
      id: 'merge',
    });
    const erasing = buildEntry({ type: 'LeadErasureRequested', data: { leadId: 'l-2' }, id: 'erase' });
    await deliver(world, merging, rescoring('l-1'), erasing, rescoring('l-2', 'late'));
    expect((await world.findEntries('l-2')).map(({ kind, type }) => [kind, type])).toEqual([
      ['decided', 'LeadsMerged'],
      ['decided', 'LeadRescoreRequested'],
      ['closing', 'LeadErasureRequested'],
      ['erased', 'LeadRescoreRequested'],
    ]);
  });
});

describe('the model that judges', () => {
  it('is stored before anything that it judged is written', async () => {
    const calls: string[] = [];
    const world = createScoringWorld({
      ensureModelStored: async () => void calls.push('stored'),
      ledger: (memory) => ({
        ...memory,
        append: async (commit) => {
          calls.push('appended');
          return memory.append(commit);
        },
      }),
    });
    await deliver(world, profile());
    expect(calls).toEqual(['stored', 'appended']);
  });

  it('that is not stored judges nothing: the whole batch is retried', async () => {
    const world = createScoringWorld({
      ensureModelStored: () => Promise.reject(new RegistryError('MODEL_VERSION_TAKEN', 'taken')),
    });
    await expect(world.score(buildBatch(profile(), 'no json'))).rejects.toMatchObject({
      code: 'MODEL_VERSION_TAKEN',
    });
    expect(world.written).toEqual([]);
    expect(world.quarantined).toEqual([]);
  });
});
