import { describe, expect, it } from 'vitest';
import { formatStep } from '../../../cli/audit/timeline/format-step.ts';
import { csvHeading, formatTransition, toCsvRow } from '../../../cli/audit/transitions/format-transition.ts';
import { parsePeriodEnd } from '../../../cli/audit/transitions/period.ts';
import { isSought, listTransitions } from '../../../cli/audit/transitions/transition.ts';
import { formatCsv } from '../../../cli/output/csv.ts';
import { printable } from '../../../cli/output/printable.ts';
import { parseDayOrInstant } from '../../../cli/text/parse-instant.ts';
import { parseEntry, type StoredLedger } from '../../../shared/ledger/index.ts';
import { buildTimeline, describeChanges, describeEvent } from '../../../shared/timeline/index.ts';
import { requireDecided } from '../../support/deliveries.ts';
import { buildEntry, type EventInput, leadEvent } from '../../support/events.ts';
import { createAuditWorld } from '../ledger/audit/world.ts';

const day = (n: number) => `2026-03-${String(n).padStart(2, '0')}T09:00:00.000Z`;
const eventOn = (type: EventInput['type'], data: Record<string, unknown>, n = 1) =>
  buildEntry({ type, data, at: day(n), id: `e-${n}` });
const words = (type: EventInput['type'], data: Record<string, unknown>): string =>
  describeEvent('l-1', leadEvent({ type, data }));
const buildSteps = ({ entries }: StoredLedger) => buildTimeline(entries.map(parseEntry));

describe('descriptions of events', () => {
  it.each<[EventInput['type'], Record<string, unknown>, string]>([
    ['LeadActivityRecorded', { activity: 'demo_requested' }, 'it did demo_requested'],
    [
      'LeadActivityRecorded',
      { activity: 'page_visited', count: 3, properties: { page: '/x' } },
      'it did page_visited 3 times ({"page":"/x"})',
    ],
    [
      'LeadProfileUpdated',
      { attributes: { seniority: 'executive', industry: null } },
      'its profile: seniority is "executive", industry is no longer known',
    ],
    [
      'LeadAnswersRecorded',
      {
        answers: { budget: { value: 'approved', text: 'Set aside.' }, need: { value: null } },
        askedBy: 'ann',
      },
      'it answered "ann": budget is "approved" in 2 words, need is withdrawn',
    ],
    [
      'LeadStageChanged',
      { stage: 'sql', actor: 'ann', reason: 'Call held' },
      'its stage was stated as sql by "ann", with the reason "Call held"',
    ],
    [
      'LeadStageChanged',
      { stage: 'opportunity', dealId: 'A 17', actor: 'ann' },
      'its stage was stated as opportunity through the deal "A 17" by "ann"',
    ],
    ['LeadOutcomeRecorded', { outcome: 'won', amount: 12 }, 'its outcome: won, 12'],
    [
      'LeadOutcomeRecorded',
      { outcome: 'lost', dealId: 'A 17', amount: 12 },
      'its outcome: lost of the deal "A 17", 12',
    ],
    [
      'LeadActivityRecorded',
      { activity: 'page_visited', total: 7 },
      'it has done page_visited 7 times so far',
    ],
    ['LeadActivityRecorded', { activity: 'page_visited', total: 1 }, 'it has done page_visited once so far'],
    ['HandoffRejected', { actor: 'bob' }, 'its open hand-off was rejected by "bob"'],
    ['HandoffAccepted', { handoffId: 'h-1', actor: 'bob' }, 'hand-off h-1 was accepted by "bob"'],
    [
      'HandoffRejected',
      { handoffId: 'h-1', actor: 'bob', reason: 'No project' },
      'hand-off h-1 was rejected by "bob", with the reason "No project"',
    ],
    [
      'LeadIdentified',
      { identifiers: [{ type: 'email', key: 'Zm9vYmFyYmF6cXV4cXV1eA' }] },
      'it is known by email',
    ],
    ['LeadErasureRequested', {}, 'its erasure was requested'],
    ['LeadRescoreRequested', { modelVersion: 'small@2' }, 'a rescoring by model small@2 was requested'],
  ])('%s', (type, data, expected) => expect(words(type, data)).toBe(expected));

  it('escape what could move the cursor', () => {
    expect(words('LeadStageChanged', { stage: 'sql', reason: 'a\u001b[2Jb' })).not.toContain('\u001b');
  });
});

describe('a timeline', () => {
  it('is in the order in which events came in, and marks those that came late', async () => {
    const world = createAuditWorld();
    await world.score(0, eventOn('LeadActivityRecorded', { activity: 'demo_requested' }, 5));
    await world.score(0, eventOn('LeadActivityRecorded', { activity: 'page_visited' }, 2));
    await world.score(0, eventOn('LeadActivityRecorded', { activity: 'page_visited' }, 6));
    const steps = buildSteps(world.stored('l-1'));
    expect(steps.map(({ occurredAt, late }) => [occurredAt, late])).toEqual([
      [day(5), false],
      [day(2), true],
      [day(6), false],
    ]);
    expect(formatStep(steps[1] as never)[0]).toContain('came late');
  });

  it('shows what each event changed, and why, with its model and event', async () => {
    const world = createAuditWorld();
    await world.score(0, eventOn('LeadProfileUpdated', { attributes: { seniority: 'executive' } }, 1));
    await world.score(1, eventOn('LeadActivityRecorded', { activity: 'demo_requested' }, 2));
    const [, demo] = buildSteps(world.stored('l-1'));
    expect(formatStep(demo as never)).toEqual([
      `2.0     ${day(2)}`,
      '        it did demo_requested',
      '        → stage subscriber → mql (skipped: by its activity), tier risky → excellent, score 40 → 72.5, action none → hand-off to "sales"',
      '          because it is an executive (+60); it asked for a demo (+12.5)',
      '          by model small@2, event e-2 from test.producer',
    ]);
  });

  it('says that history is not announced on the way, and how the lead is announced afterwards', async () => {
    const world = createAuditWorld();
    await world.score(0, eventOn('LeadProfileUpdated', { attributes: { seniority: 'executive' } }, 1));
    const [first] = buildSteps(world.stored('l-1'));
    if (first?.entry.kind !== 'decided') throw new Error('the event has no decision');
    const { entry } = first;
    const changes = entry.changes.map((change) => ({ ...change, trigger: 'backfill' as const }));
    expect(describeChanges({ ...first, entry: { ...entry, silent: true } })).toMatch(
      /, not announced, since it is history$/,
    );
    const settled = { ...entry, changes: changes as typeof entry.changes };
    expect(describeChanges({ ...first, entry: settled, before: entry.standing })).toBe(
      'its history was loaded, so it is announced as it stands: stage subscriber, tier risky',
    );
  });

  it.each<[model: 0 | 1, was: string]>([
    [0, '(before: it has no need)'],
    [1, '(before: it has no need; the model changed)'],
  ])('shows why a lead was disqualified, and that it no longer is, by model %i', async (model, was) => {
    const world = createAuditWorld();
    await world.score(0, eventOn('LeadAnswersRecorded', { answers: { need: { value: 'none' } } }, 1));
    await world.score(model, eventOn('LeadProfileUpdated', { attributes: { seniority: 'executive' } }, 2));
    const printed = buildSteps(world.stored('l-1')).map((step) => formatStep(step).join('\n'));
    expect(printed[0]).toContain('because it is disqualified: it has no need\n');
    expect(printed[1]).toContain(`it is no longer disqualified ${was}`);
  });

  it('lets nothing that a producer sent control the terminal, nor change the direction of a line', async () => {
    const world = createAuditWorld();
    const hostile = 'web\u001b[2J\u009b1A\u202egro.live\nerased';
    await world.score(0, {
      ...eventOn('LeadStageChanged', { stage: 'sql', actor: hostile }),
      source: hostile,
    });
    const lines = buildSteps(world.stored('l-1')).flatMap(formatStep).map(printable);
    expect(lines.some((line) => line.includes('from web�[2J�1A�gro.live�erased'))).toBe(true);
  });

  it('shows if nothing changed', async () => {
    const world = createAuditWorld();
    await world.score(0, eventOn('LeadProfileUpdated', { attributes: { seniority: 'executive' } }, 1));
    await world.score(0, eventOn('LeadProfileUpdated', { attributes: { industry: 'finance' } }, 2));
    expect(buildSteps(world.stored('l-1')).map(describeChanges).at(-1)).toBe('nothing changed');
  });

  it('shows merges from both sides, and that an event named the lead that was merged', async () => {
    const world = createAuditWorld();
    await world.score(0, eventOn('LeadActivityRecorded', { activity: 'demo_requested' }, 1));
    await world.score(0, eventOn('LeadActivityRecorded', { leadId: 'l-2', activity: 'page_visited' }, 2));
    await world.score(0, eventOn('LeadsMerged', { leadId: 'l-1', mergedLeadId: 'l-2' }, 3));
    await world.score(0, eventOn('LeadActivityRecorded', { leadId: 'l-2', activity: 'page_visited' }, 4));
    const survivor = buildSteps(world.stored('l-1')).flatMap(formatStep).join('\n');
    expect(survivor).toContain('a merge: l-2 was merged into it');
    expect(survivor).toContain('which names l-2');
    const merged = buildSteps(world.stored('l-2')).flatMap(formatStep).join('\n');
    expect(merged).toContain('a merge of l-2 into l-1');
    expect(merged).toContain('the lead was merged into l-1 for good');
  });

  it('of an erased lead has only the time, the event id and the source', async () => {
    const world = createAuditWorld();
    await world.score(0, eventOn('LeadProfileUpdated', { attributes: { seniority: 'executive' } }, 1));
    await world.score(0, eventOn('LeadErasureRequested', {}, 2));
    world.scrub('l-1');
    const told = buildSteps(world.stored('l-1')).flatMap(formatStep);
    expect(told.slice(0, 4)).toEqual([
      `1.0     ${day(1)}`,
      '        LeadProfileUpdated',
      '        → its content and its changes were erased',
      '          event e-1 from test.producer',
    ]);
    expect(told.join()).toContain(
      'the lead was erased: of later events only id, time, type and source are recorded',
    );
  });
});

describe('transitions', () => {
  const all = async () => {
    const world = createAuditWorld();
    await world.score(0, eventOn('LeadProfileUpdated', { attributes: { seniority: 'executive' } }, 1));
    await world.score(0, eventOn('LeadStageChanged', { stage: 'mql', actor: '=cmd' }, 2));
    return world.stored('l-1').entries.map(parseEntry).map(requireDecided).flatMap(listTransitions);
  };

  it('are those of stages and of tiers, each with what led to it', async () => {
    const told = (await all()).map(({ of, from, to, kind, trigger, actor }) => [
      of,
      from,
      to,
      kind,
      trigger,
      actor,
    ]);
    expect(told).toEqual([
      ['stage', null, 'subscriber', 'entered', 'first-seen', undefined],
      ['tier', 'none', 'risky', 'up', 'LeadProfileUpdated', undefined],
      ['stage', 'subscriber', 'mql', 'skipped', 'stated', '=cmd'],
      ['tier', 'risky', 'good', 'up', 'LeadStageChanged', undefined],
    ]);
  });

  it.each([
    [{}, 4],
    [{ stage: 'mql' as const }, 1],
    [{ stage: 'subscriber' as const }, 2],
    [{ tier: 'risky' as const }, 2],
    [{ stage: 'mql' as const, tier: 'good' as const }, 2],
    [{ stage: 'customer' as const }, 0],
  ])('are found by where they lead to or from: %j', async (sought, count) => {
    expect((await all()).filter(isSought(sought))).toHaveLength(count);
  });

  it('are lines, and rows in which a name is never a formula', async () => {
    const [, , moved] = await all();
    expect(formatTransition(moved as never)).toBe(
      `${day(2)}  l-1  stage subscriber → mql  skipped, stated by "=cmd"  event e-2, model small@1, 2.0`,
    );
    expect(formatCsv([toCsvRow(moved as never)])).toContain(",'=cmd,");
    expect(toCsvRow(moved as never)).toHaveLength(csvHeading.length);
  });
});

describe('a period', () => {
  it('holds the day or the instant that ends it', () => {
    expect(parseDayOrInstant('2026-03-01')).toBe(Date.parse('2026-03-01T00:00:00.000Z'));
    expect(parsePeriodEnd('2026-03-01')).toBe(Date.parse('2026-03-02T00:00:00.000Z'));
    expect(parsePeriodEnd('2026-03-01T09:00:00Z')).toBe(Date.parse('2026-03-01T09:00:00.001Z'));
  });

  it.each(['2026-02-30', '2026-3-1', 'yesterday', '2026-03-01T09:00:00', '2026-03-01T25:00:00Z', ''])(
    'is not made of %j',
    (given) =>
      expect(() => parseDayOrInstant(given)).toThrow('allowed: a day such as 2026-03-01, or an instant'),
  );
});
