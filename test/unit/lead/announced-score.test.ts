import { describe, expect, it } from 'vitest';
import {
  advanceTo,
  catchUp,
  clockEvent,
  decide,
  decideAll,
  findNextChange,
  type JudgedEvent,
  type LeadState,
} from '../../../shared/lead/index.ts';
import { parseEntry, parseLead, stateItem } from '../../../shared/ledger/index.ts';
import { prepareCommit } from '../../../shared/ledger/prepare-commit.ts';
import type { ScoringModel } from '../../../shared/scoring/index.ts';
import { buildSignal, type EventInput, leadEvent } from '../../support/events.ts';
import { change, given } from '../../support/given.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const silent = compileDocument(smallDocument());

/** Returns the small model with a policy that announces scores; a visit of a subscriber is worth 2.5 points for ten days. */
const announcing = (points: number, more: object = {}): ScoringModel => {
  const document = smallDocument();
  const policy = { ...document.policy, announceScore: { points } };
  return compileDocument({ ...document, version: `announcing-${points}`, policy, ...more });
};

const byFive = announcing(5);
const started = '2026-03-01T09:00:00.000Z';
let next = 0;
const event = (input: Omit<EventInput, 'id'>) => buildSignal({ ...input, id: `e-${next++}` });
const did = (activity: string, count = 1, more: Pick<EventInput, 'at' | 'backfill'> = {}) =>
  event({ type: 'LeadActivityRecorded', data: { activity, count }, ...more });
const executive = event({ type: 'LeadProfileUpdated', data: { attributes: { seniority: 'executive' } } });
const rescoring = (id: string) =>
  leadEvent({
    type: 'LeadRescoreRequested',
    data: { modelVersion: 'any@1' },
    at: '2026-03-01T10:00:00.000Z',
    id,
  });
const visits = (count: number, more: Pick<EventInput, 'at' | 'backfill'> = {}) =>
  did('page_visited', count, more);

const fold = (model: ScoringModel, ...events: readonly JudgedEvent[]): LeadState =>
  events.reduce<LeadState | undefined>((lead, one) => decide(model, lead, one).state, undefined) as LeadState;

describe('the announced score', () => {
  it('is followed by another one that differs by the points of the policy', () => {
    const { state } = given(byFive, executive)
      .when(visits(2))
      .thenAnnounces(
        change('LeadScored', {
          from: 40,
          reasons: [
            expect.objectContaining({ criterion: 'executive', weight: 40 }),
            expect.objectContaining({ criterion: 'visits', weight: 5 }),
          ],
        }),
      )
      .thenStands({ score: 45, tier: 'risky' }, false);
    expect(state.announcedScore).toBe(45);
  });

  it('stays if the score differs by less, however often it moves', () => {
    given(byFive, executive).when(visits(1)).thenAnnouncesNothing().thenStands({ score: 42.5 });
    expect(fold(byFive, executive, visits(1)).announcedScore).toBe(40);
    given(byFive, executive, visits(1))
      .when(visits(1))
      .thenAnnounces(change('LeadScored', { from: 40 }));
  });

  it('is compared in hundredths, so that fractions of the machine count for nothing', () => {
    const before = { ...fold(byFive, executive), announcedScore: 39.99 };
    const at = (announcedScore: number) =>
      decide(byFive, { ...before, announcedScore }, visits(2)).decided.changes;
    expect(at(40)).toEqual([change('LeadScored', { from: 40 })]);
    expect(at(40.01)).toEqual([]);
  });

  it('is not stored by a model whose policy announces none', () => {
    given(silent, executive).when(visits(4)).thenAnnouncesNothing().thenStands({ score: 50 });
    expect(fold(silent, executive, visits(4))).not.toHaveProperty('announcedScore');
    expect(fold(byFive, executive, visits(4)).announcedScore).toBe(50);
    const after = decide(silent, fold(byFive, executive, visits(4)), visits(1)).state;
    expect(after).not.toHaveProperty('announcedScore');
  });

  it('moves with every announcement that has the standing, and none is beside it', () => {
    const { state } = given(byFive, executive)
      .when(did('demo_requested'))
      .thenAnnounces(
        change('LeadStageTransitioned', { to: 'mql' }),
        change('LeadTierChanged', { to: 'good' }),
      );
    expect([state.score, state.announcedScore]).toEqual([72.5, 72.5]);
  });

  it('is announced beside a deadline that moved, which is no news of the standing', () => {
    const document = smallDocument();
    const deadlines = { pausedBy: ['page_visited'] };
    const model = announcing(1, { policy: { ...document.policy, announceScore: { points: 1 }, deadlines } });
    given(model, executive, did('demo_requested'))
      .when(visits(1))
      .thenAnnounces(change('LeadScored', { from: 72.5 }), change('HandoffDeadlineMoved'));
  });

  it('is announced of a lead that is disqualified, too', () => {
    const noNeed = event({ type: 'LeadAnswersRecorded', data: { answers: { need: { value: 'none' } } } });
    given(byFive, noNeed)
      .when(visits(2))
      .thenAnnounces(change('LeadScored', { from: 0 }));
  });

  it('is that of the survivor of a merge', () => {
    const merging = {
      ...leadEvent({ type: 'LeadsMerged', data: { mergedLeadId: 'l-2' }, id: 'merge' }),
      merged: fold(byFive, visits(4)).facts,
    };
    const { state } = given(byFive, executive)
      .when(merging)
      .thenAnnounces(change('LeadScored', { from: 40 }));
    expect(state.announcedScore).toBe(50);
  });

  it('is part of the stored state, and of the entry that announces it', () => {
    const state = { ...fold(byFive, executive, visits(2)), version: 1 };
    expect(parseLead(stateItem(state, 'aGVhZA=='))).toEqual({ ...state, head: 'aGVhZA==' });
    const commit = decideAll(
      byFive,
      { ...fold(byFive, executive), version: 1, head: 'aGVhZA==' },
      [visits(2)],
      0,
    );
    const [entry] = prepareCommit(commit).items.entries;
    expect(entry && parseEntry(entry)).toMatchObject({
      changes: [
        { type: 'LeadScored', from: 40, reasons: [{ criterion: 'executive' }, { criterion: 'visits' }] },
      ],
    });
  });
});

describe('the announced score of a lead that another model has judged', () => {
  it('is announced once if the model before announced none', () => {
    const before = fold(silent, executive, visits(2));
    const { state, decided } = decide(byFive, before, rescoring('r-1'));
    expect(decided.changes).toEqual([change('LeadScored', { from: 45 })]);
    expect(decide(byFive, state, rescoring('r-2')).decided.changes).toEqual([]);
  });

  it('is announced if the new model moves the score as far (I11)', () => {
    const richer = announcing(5, {
      scorecards: { ...smallDocument().scorecards, subscriber: { interest: 1, fit: 2 } },
    });
    given(byFive, executive)
      .when(rescoring('r-1'), richer)
      .thenAnnounces(change('LeadScored', { from: 40 }))
      .thenStands({ score: 53.33 });
    given(byFive, executive).when(rescoring('r-1'), announcing(6)).thenAnnouncesNothing();
  });
});

describe('the announced score and time', () => {
  const lead = fold(byFive, executive, visits(4));
  const fallsAt = Date.parse('2026-03-11T00:00:00Z');

  it('is followed at the hour at which time alone moves the score as far (I14)', () => {
    expect(findNextChange(byFive, lead)).toBe(fallsAt);
    const { entries, state } = catchUp(byFive, lead, Date.parse('2026-06-01T00:00:00Z'));
    expect(entries.map(({ event: { metadata }, decided }) => [metadata.occurredAt, decided.changes])).toEqual(
      [['2026-03-11T00:00:00.000Z', [change('LeadScored', { from: 50, trigger: 'time' })]]],
    );
    expect(state.announcedScore).toBe(40);
  });

  it('is not followed by a fall of less, nor by a model that announces none', () => {
    expect(findNextChange(announcing(11), fold(announcing(11), executive, visits(4)))).toBeUndefined();
    expect(findNextChange(silent, fold(silent, executive, visits(4)))).toBeUndefined();
  });

  it('is no part of the forecast that people read', () => {
    expect(advanceTo(byFive, lead, fallsAt).changes).toEqual([]);
    expect(advanceTo(byFive, lead, fallsAt).state.score).toBe(40);
  });
});

describe('the announced score of a lead whose history is loaded (I15)', () => {
  const settling = clockEvent('l-1', Date.parse('2026-03-02T09:00:00Z'));
  const history = (count: number) => visits(count, { backfill: true, at: started });

  it('stays until the lead is settled, and then one announcement has the score', () => {
    const loaded = given(byFive, executive).when(history(2)).thenAnnouncesNothing();
    expect(loaded.state.announcedScore).toBe(40);
    const { decided, state } = decide(byFive, loaded.state, settling);
    expect(decided.changes).toEqual([change('LeadScored', { from: 40, trigger: 'backfill' })]);
    expect(state.announcedScore).toBe(45);
  });

  it('is announced by the one change of tier alone if there is one', () => {
    const loaded = fold(byFive, executive, did('demo_requested', 1, { backfill: true, at: started }));
    const { decided, state } = decide(byFive, loaded, settling);
    expect(decided.changes).toEqual([change('LeadTierChanged', { trigger: 'backfill' })]);
    expect(state.announcedScore).toBe(72.5);
  });

  it('is not announced if the history moves the score by less', () => {
    expect(decide(byFive, fold(byFive, executive, history(1)), settling).decided.changes).toEqual([]);
  });

  it('is unknown until the first announcement of a lead that has nothing but history', () => {
    const loaded = fold(byFive, history(2));
    expect(loaded).not.toHaveProperty('announcedScore');
    const { decided, state } = decide(byFive, loaded, settling);
    expect(decided.changes).toEqual([change('LeadStageTransitioned', { trigger: 'backfill' })]);
    expect(state.announcedScore).toBe(state.score);
  });
});
