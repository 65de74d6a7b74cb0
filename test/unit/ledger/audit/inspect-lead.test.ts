import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../../shared/dynamodb/index.ts';
import { isLeadKey, parseLeadKey } from '../../../../shared/keys/index.ts';
import { decideAll, type JudgedEvent } from '../../../../shared/lead/index.ts';
import {
  erased,
  type Finding,
  hashItem,
  isErased,
  parseEntry,
  parseLead,
  prepareCommit,
  type StoredLedger,
} from '../../../../shared/ledger/index.ts';
import { buildEntry, buildSignal, type EventInput } from '../../../support/events.ts';
import { history } from '../../../support/histories.ts';
import { seeded } from '../../../support/seed.ts';
import { small } from './ledgers.ts';
import { createAuditWorld } from './world.ts';

const day = (n: number) => `2026-03-${String(n).padStart(2, '0')}T09:00:00.000Z`;
const demo = (leadId: string, n: number) =>
  buildEntry({
    type: 'LeadActivityRecorded',
    data: { leadId, activity: 'demo_requested' },
    at: day(n),
    id: `a-${n}`,
  });
const profile = (leadId: string, n: number) =>
  buildEntry({
    type: 'LeadProfileUpdated',
    data: { leadId, attributes: { seniority: 'executive' } },
    at: day(n),
    id: `p-${n}`,
  });
const eventAt = (type: EventInput['type'], data: Record<string, unknown>, n: number) =>
  buildEntry({ type, data, at: day(n), id: `${type}-${n}` });
const merge = (leadId: string, mergedLeadId: string, n: number) =>
  eventAt('LeadsMerged', { leadId, mergedLeadId }, n);
const erase = (leadId: string, n: number) => eventAt('LeadErasureRequested', { leadId }, n);

const codes = (findings: readonly Finding[]): string[] => findings.map(({ code }) => code);

/** Writes a lead of three commits, the last by another model. */
const threeCommits = async () => {
  const world = createAuditWorld();
  await world.score(0, demo('l-1', 1));
  await world.score(0, profile('l-1', 2));
  await world.score(1, demo('l-1', 3));
  return world;
};

const withState =
  (change: (state: Item) => Item) =>
  (ledger: StoredLedger): StoredLedger => ({ ...ledger, state: change(ledger.state ?? {}) });

describe('a healthy lead', () => {
  it('has no findings, and folds to the stored state, each entry by the model that it names', async () => {
    const world = await threeCommits();
    const { state, entries } = world.stored('l-1');
    const models = entries
      .map(parseEntry)
      .map((entry) => entry.kind === 'decided' && entry.standing.modelVersion);
    expect(models).toEqual(['small@1', 'small@1', 'small@2']);
    const { chain, fold, lead } = await world.inspect('l-1');
    expect({ chain, fold }).toEqual({ chain: [], fold: [] });
    const { head: _, ...stored } = parseLead(state ?? {});
    expect(lead).toEqual(stored);
  });

  it('may be overridden, and wait with its actions since a model was activated without any', async () => {
    const world = await threeCommits();
    const until = '2026-06-01T00:00:00Z';
    await world.score(
      1,
      eventAt('LeadOverridden', { leadId: 'l-1', tier: 'excellent', until, actor: 'ann', reason: 'met' }, 4),
    );
    const data = { leadId: 'l-1', modelVersion: 'small@1', actions: 'none' };
    await world.score(0, eventAt('LeadRescoreRequested', data, 5));
    const { state } = world.stored('l-1');
    expect(parseLead(state ?? {})).toMatchObject({ tier: 'excellent', overridden: {}, actionsWait: true });
    const { chain, fold } = await world.inspect('l-1');
    expect({ chain, fold }).toEqual({ chain: [], fold: [] });
  });

  it('may have been scored by a shadow model, of which its ledger knows nothing', async () => {
    const world = await threeCommits();
    const shadow = { S: JSON.stringify({ model: 'small@9', stage: 'mql', tier: 'good', score: 1 }) };
    const { fold } = await world.inspect(
      'l-1',
      withState((state) => ({ ...state, shadow })),
    );
    expect(fold).toEqual([]);
  });

  it('may have been rescored', async () => {
    const world = await threeCommits();
    await world.score(0, eventAt('LeadRescoreRequested', { leadId: 'l-1', modelVersion: 'small@1' }, 4));
    expect(parseLead(world.stored('l-1').state ?? {})).toMatchObject({ version: 4, modelVersion: 'small@1' });
    expect(await world.findings(world.stored('l-1'))).toEqual([]);
  });

  it('may have been merged into one that got later events', async () => {
    const world = await threeCommits();
    await world.score(1, demo('l-2', 4), merge('l-1', 'l-2', 5));
    await world.score(0, demo('l-2', 6), profile('l-1', 7));
    expect(world.stored('l-2').state?.mergedInto).toEqual({ S: 'l-1' });
    for (const leadId of ['l-1', 'l-2']) expect(await world.findings(world.stored(leadId))).toEqual([]);
  });

  it('may have been erased, with those that were merged into it, before and after personal data was removed', async () => {
    const world = await threeCommits();
    await world.score(0, demo('l-3', 4));
    await world.score(0, merge('l-2', 'l-3', 5));
    await world.score(0, merge('l-1', 'l-2', 6));
    await world.score(0, erase('l-1', 7));
    const leads = ['l-1', 'l-2', 'l-3'];
    for (const leadId of leads) expect(await world.findings(world.stored(leadId))).toEqual([]);
    world.scrub('l-1');
    await world.score(0, demo('l-1', 8), demo('l-3', 9));
    for (const leadId of leads) {
      expect(world.stored(leadId).entries.some(isErased)).toBe(true);
      expect(await world.findings(world.stored(leadId))).toEqual([]);
    }
  });
});

describe('a state that is not the fold of its ledger', () => {
  it.each<[string, (state: Item) => Item, string]>([
    ['the tier', (state) => ({ ...state, tier: { S: 'risky' } }), 'tier'],
    ['the key of its tier', (state) => ({ ...state, tierKey: { S: 'good#99' } }), 'tierKey'],
    ['the score', (state) => ({ ...state, score: { N: '99' } }), 'score'],
    ['the model', (state) => ({ ...state, model: { S: 'small@1' } }), 'modelVersion'],
    [
      'a fact',
      (state) => ({ ...state, facts: { S: (state.facts?.S ?? '').replace('executive', 'staff') } }),
      'facts.attributes.seniority',
    ],
    ['what it should not have', (state) => ({ ...state, lane: { S: 'x' } }), 'lane'],
    ['an unknown attribute', (state) => ({ ...state, note: { S: 'x' } }), 'note'],
    ['that it lacks its action', ({ action: _, ...state }) => state, "can't be read"],
    ['that it was erased', (state) => ({ ...state, status: { S: 'erased' } }), 'status'],
  ])('is found, and what differs is named: %s', async (_, change, name) => {
    const world = await threeCommits();
    const [finding, ...others] = await world.findings(withState(change)(world.stored('l-1')));
    expect(finding?.code).toBe('state-differs');
    expect(finding?.sentence).toContain(name);
    expect(others).toEqual([]);
  });

  it('is found if the state was deleted', async () => {
    const world = await threeCommits();
    const lost = { ...world.stored('l-1'), state: undefined };
    expect(codes(await world.findings(lost))).toEqual(['state-differs']);
    const nothing = { ...lost, entries: [] };
    expect(await world.findings(nothing)).toEqual([]);
  });

  it('is found in a merged lead that is redirected elsewhere', async () => {
    const world = await threeCommits();
    await world.score(1, demo('l-2', 4), merge('l-1', 'l-2', 5));
    const elsewhere = withState((state) => ({ ...state, mergedInto: { S: 'l-9' } }))(world.stored('l-2'));
    expect((await world.findings(elsewhere)).map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('mergedInto'),
    ]);
  });

  it('is reported without its values', async () => {
    const world = await threeCommits();
    const change = withState((state) => ({
      ...state,
      facts: { S: (state.facts?.S ?? '').replace('executive', 'secret') },
    }));
    expect(JSON.stringify(await world.findings(change(world.stored('l-1'))))).not.toMatch(/secret|executive/);
  });
});

describe('an erased entry', () => {
  /** Returns a ledger whose second entry looks erased, with more attributes in it if given. */
  const posing = ({ entries, ...ledger }: StoredLedger, more: Item = {}): StoredLedger => ({
    ...ledger,
    entries: entries.map((item, i) => (i === 1 ? { ...erased(item), ...more } : item)),
  });

  it('is found in the ledger of a lead that was not erased: an edit could pose as an erasure', async () => {
    const world = await threeCommits();
    expect(codes(await world.findings(posing(world.stored('l-1'))))).toEqual(['erased-unasked']);
  });

  it('is found even if the state says that the lead was erased, since only the ledger can prove it', async () => {
    const world = await threeCommits();
    const { pk, sk, version, head } = world.stored('l-1').state ?? {};
    const state = { pk, sk, version, head, status: { S: 'erased' } } as Item;
    expect(codes(await world.findings({ ...posing(world.stored('l-1')), state }))).toEqual([
      'erased-unasked',
    ]);
  });

  it('is found in the ledger of a lead that was merged into one that was not erased', async () => {
    const world = await threeCommits();
    await world.score(1, merge('l-2', 'l-1', 5), demo('l-2', 6));
    expect(codes(await world.findings(posing(world.stored('l-1'))))).toEqual(['erased-unasked']);
  });

  it('is found if it has more than an erasure leaves', async () => {
    const world = await threeCommits();
    await world.score(0, erase('l-1', 7));
    world.scrub('l-1');
    const ledger = posing(world.stored('l-1'), { detail: { S: 'forged' } });
    expect(codes(await world.findings(ledger))).toEqual(['unreadable']);
  });
});

describe('a model', () => {
  it('that is not stored is found at the first entry that needs it', async () => {
    const world = await threeCommits();
    const models = {
      readModels: async () => (version: string) => (version === small.version ? small : undefined),
    };
    const [finding, ...others] = await world.findings(world.stored('l-1'), [], { models });
    expect(finding).toMatchObject({ code: 'model-missing', version: 3, ordinal: 0 });
    expect(finding?.sentence).toContain('small@2');
    expect(others).toEqual([]);
  });

  it('that decides an event differently from its entry is found there', async () => {
    const world = await threeCommits();
    const models = { readModels: async () => () => small };
    const findings = await world.findings(world.stored('l-1'), [], { models });
    expect(findings[0]).toMatchObject({ code: 'decision-differs', version: 3 });
    expect(findings[0]?.sentence).toContain('modelVersion');
  });
});

describe('a chain that was forged as a whole', () => {
  /** Rewrites the whole ledger with another event in it, as a forger who can write everything would. */
  const forged = (ledger: StoredLedger): StoredLedger => {
    const events = ledger.entries
      .map(parseEntry)
      .map((entry) => (entry.kind === 'decided' ? entry.event : undefined));
    const staff = buildSignal({
      type: 'LeadProfileUpdated',
      data: { attributes: { seniority: 'staff' } },
      at: day(2),
      id: 'p-2',
    });
    const [a, , c] = events as [JudgedEvent, JudgedEvent, JudgedEvent];
    let before: Parameters<typeof decideAll>[1];
    const entries: Item[] = [];
    let state: Item = {};
    for (const event of [a, staff, c]) {
      const { commit, items, head } = prepareCommit(decideAll(small, before, [event], 0));
      entries.push(...items.entries);
      ({ state } = items);
      before = { ...commit.state, head };
    }
    return { ...ledger, entries, state };
  };

  it('is consistent, and is found by earlier anchors', async () => {
    const world = createAuditWorld();
    await world.score(0, demo('l-1', 1));
    await world.score(0, profile('l-1', 2));
    await world.score(0, demo('l-1', 3));
    const ledger = world.stored('l-1');
    const anchorAt = async (version: number, head: string) => [{ lead: 'x', version, head }];
    const heads = ledger.entries.map((item) => hashItem(item));
    expect(await world.findings(forged(ledger))).toEqual([]);
    for (const [i, head] of heads.entries()) {
      expect(await world.findings(ledger, await anchorAt(i + 1, head))).toEqual([]);
      const findings = await world.findings(forged(ledger), await anchorAt(i + 1, head));
      expect(codes(findings)).toEqual(['rewritten']);
      expect(findings[0]).toMatchObject({ version: i + 1, ordinal: 0 });
    }
  });

  it('is found by an anchor even if its end was cut off and its state reset', async () => {
    const world = createAuditWorld();
    await world.score(0, demo('l-1', 1));
    const before = world.stored('l-1');
    await world.score(0, profile('l-1', 2));
    const head = hashItem(world.stored('l-1').entries[1] as Item);
    expect(await world.findings(before)).toEqual([]);
    const findings = await world.findings(before, [{ lead: 'x', version: 2, head }]);
    expect(findings).toMatchObject([{ code: 'cut-tail', version: 2, ordinal: 0 }]);
  });

  it('that Sluice would not have written is a finding, not a failure', async () => {
    const world = await threeCommits();
    const ledger = world.stored('l-1');
    const item: Item = { ...(ledger.entries[0] as Item), standing: { S: 'null' } };
    const head = { B: Buffer.from(hashItem(item), 'base64') };
    const state: Item = { ...ledger.state, version: { N: '1' }, head };
    expect(codes(await world.findings({ ...ledger, entries: [item], state }))).toEqual(['unreadable']);
  });
});

describe('any history', () => {
  const steps = fc.array(
    fc.record({
      by: fc.constantFrom<0 | 1>(0, 1),
      signals: history,
      happens: fc.constantFrom('nothing', 'nothing', 'merge', 'merge', 'erase', 'rescore'),
      leads: fc.shuffledSubarray(['l-1', 'l-2', 'constructor'], { minLength: 2, maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 4 },
  );

  it('of two models, merges, erasures and rescorings folds to the stored states (I2, I9)', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (list, scrubs) => {
        const world = createAuditWorld();
        let erasedLead: string | undefined;
        for (const [i, { by, signals, happens, leads }] of list.entries()) {
          const own = signals.map((entry) => ({
            ...entry,
            detail: {
              ...entry.detail,
              metadata: { ...entry.detail.metadata, eventId: `s${i}-${entry.detail.metadata.eventId}` },
            },
          }));
          await world.score(by, ...own);
          const [a, b] = leads as [string, string];
          if (happens === 'merge') await world.score(by, merge(a, b, i + 1));
          if (happens === 'rescore')
            await world.score(
              by,
              eventAt(
                'LeadRescoreRequested',
                { leadId: a, modelVersion: `small@${by + 1}`, ...(i % 2 === 0 && { actions: 'none' }) },
                i + 1,
              ),
            );
          if (happens === 'erase') {
            await world.score(by, erase(a, i + 1));
            erasedLead = parseLead(world.stored(a).state ?? {}).status === 'erased' ? a : erasedLead;
          }
        }
        if (scrubs && erasedLead !== undefined) world.scrub(erasedLead);
        const leads = new Set(
          world.memory
            .items()
            .flatMap(({ pk }) => (isLeadKey(pk?.S ?? '') ? [parseLeadKey(pk?.S ?? '')] : [])),
        );
        for (const leadId of leads) expect(await world.findings(world.stored(leadId))).toEqual([]);
      }),
      { ...seeded(), numRuns: 200 },
    );
  });
});
