import { describe, expect, it } from 'vitest';
import {
  clockEvent,
  decide,
  findNextChange,
  type JudgedEvent,
  type LeadState,
} from '../../../shared/lead/index.ts';
import { buildSignal, type EventInput } from '../../support/events.ts';
import { fadingModel, fallsAt } from '../../support/fading.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

type Rescoring = Extract<JudgedEvent, { type: 'LeadRescoreRequested' }>;
type Actions = Rescoring['data']['actions'];

const warm = { tiers: ['good'], action: { kind: 'nurture', track: 'warm' } };
const documentBy = (version: string, more: object) => ({ ...smallDocument(), version, ...more });
const policy = (rules: readonly object[]) => ({ policy: { ...smallDocument().policy, rules } });
const before = compileDocument(documentBy('1', policy([warm])));
/** A model by which the same lead is good and is to be nurtured. */
const after = compileDocument(
  documentBy('2', { ...policy([warm]), tiers: { excellent: 80, good: 35, risky: 25, hysteresis: 5 } }),
);

let next = 0;
const event = (input: Omit<EventInput, 'id'>) => buildSignal({ ...input, id: `q-${next++}` });
const executive = event({ type: 'LeadProfileUpdated', data: { attributes: { seniority: 'executive' } } });
const visited = (at: string, more: object = {}) => {
  const built = event({ type: 'LeadActivityRecorded', data: { activity: 'page_visited' }, at });
  return { ...built, metadata: { ...built.metadata, ...more } };
};
const rescoring = (actions?: Actions): Rescoring => ({
  type: 'LeadRescoreRequested',
  source: 'sluice.rescore',
  metadata: { eventId: `rescore-${next++}`, occurredAt: '2026-03-02T09:00:00.000Z', schemaVersion: 1 },
  data: { leadId: 'l-1', modelVersion: after.version, ...(actions !== undefined && { actions }) },
});
const judged = () => decide(before, undefined, executive).state;
const quiet = (lead: LeadState = judged()) => decide(after, lead, rescoring('none')).state;
const nurture = { kind: 'nurture', track: 'warm' };
const later = '2026-03-03T09:00:00.000Z';

describe('a rescoring with actions none', () => {
  it('changes score and tier, says that the model has caused it, and neither starts nor stops anything', () => {
    const { state, decided } = decide(after, judged(), rescoring('none'));
    expect(state).toMatchObject({ tier: 'good', action: { kind: 'none' }, actionsWait: true });
    expect(decided).toMatchObject({ actionChanged: false, standing: { action: { kind: 'none' } } });
    expect(decided.changes).toMatchObject([{ type: 'LeadTierChanged', to: 'good', trigger: 'model' }]);
  });

  it('leaves what runs as it is, although the policy no longer asks for it', () => {
    const running = decide(after, undefined, executive).state;
    expect(running.action).toEqual(nurture);
    const { state, decided } = decide(before, running, rescoring('none'));
    expect(state).toMatchObject({ action: nurture, actionsWait: true });
    expect(decided.actionChanged).toBe(false);
  });

  it('is nothing to a lead that the active model has judged already', () => {
    const current = decide(after, undefined, executive).state;
    const { state, decided } = decide(after, current, rescoring('none'));
    expect(state).toEqual(current);
    expect(decided.changes).toEqual([]);
  });

  it('leaves a lead unsettled whose history is loaded: that is its own, and is announced as always', () => {
    const unsettled = decide(before, undefined, visited(later, { backfill: true })).state;
    const { state, decided } = decide(after, unsettled, rescoring('none'));
    expect(state).not.toHaveProperty('actionsWait');
    expect(decided.silent).toBe(true);
  });
});

describe('a lead whose actions wait', () => {
  it('starts what the policy asks for with its next own event', () => {
    const { state, decided } = decide(after, quiet(), visited(later));
    expect(state).not.toHaveProperty('actionsWait');
    expect(decided).toMatchObject({ actionChanged: true, standing: { action: nurture } });
    expect(decided.changes).toMatchObject([{ type: 'LeadStageTransitioned' }]);
  });

  it('starts nothing by time alone', () => {
    const { state, decided } = decide(after, quiet(), clockEvent('l-1', Date.parse(later)));
    expect(state).toMatchObject({ actionsWait: true, action: { kind: 'none' } });
    expect(decided).toMatchObject({ changes: [], actionChanged: false });
  });

  it('isn’t woken for an action, and is for a tier', () => {
    const fading = fadingModel();
    const did = (activity: string, count = 1) =>
      event({ type: 'LeadActivityRecorded', data: { activity, count } });
    const lead = [executive, did('demo_requested'), did('page_visited', 4)].reduce<LeadState | undefined>(
      (state, one) => decide(fading, state, one).state,
      undefined,
    ) as LeadState;
    const waiting: LeadState = { ...lead, action: { kind: 'nurture', track: 'other' }, actionsWait: true };
    expect(findNextChange(fading, waiting)).toBe(Date.parse(fallsAt));
    expect(findNextChange(after, quiet())).toBeUndefined();
  });

  it('goes on waiting when it is rescored by hand, or by the next model without actions', () => {
    expect(decide(after, quiet(), rescoring()).state.actionsWait).toBe(true);
    expect(decide(before, quiet(), rescoring('none')).state.actionsWait).toBe(true);
  });

  it('waits no longer when a model is activated with actions', () => {
    const { state, decided } = decide(after, quiet(), rescoring('all'));
    expect(state).not.toHaveProperty('actionsWait');
    expect(decided).toMatchObject({ actionChanged: true, standing: { action: nurture } });
  });

  it('waits no longer when history is loaded, and is announced by what ran before', () => {
    const { state } = decide(after, quiet(), visited(later, { backfill: true }));
    expect(state).toMatchObject({ announced: { action: { kind: 'none' }, tier: 'good' } });
    expect(state).not.toHaveProperty('actionsWait');
    const settled = decide(after, state, clockEvent('l-1', Date.parse('2026-03-04T09:00:00Z')));
    expect(settled.decided).toMatchObject({ actionChanged: true, standing: { action: nurture } });
  });

  it('waits no longer when its hand-off expires: that began before the model did', () => {
    const recycled = { policy: { ...smallDocument().policy, recycle: { stage: 'lead', track: 'again' } } };
    const by = compileDocument(documentBy('3', recycled));
    const lead: LeadState = {
      ...decide(by, undefined, executive).state,
      action: { kind: 'handoff', queue: 'sales', dueHours: 4 },
      actionsWait: true,
    };
    const { state, decided } = decide(by, lead, {
      type: 'HandoffExpired',
      source: 'sluice',
      metadata: { eventId: 'expired-h', occurredAt: later, schemaVersion: 1 },
      data: {
        leadId: 'l-1',
        version: 1,
        ordinal: 0,
        handoffId: 'h',
        queue: 'sales',
        dueAt: later,
        deadline: 1,
        followedBy: 'recycle',
        tier: 'good',
      },
    });
    expect(state).not.toHaveProperty('actionsWait');
    expect(decided).toMatchObject({
      actionChanged: true,
      standing: { status: 'recycled', action: { kind: 'nurture', track: 'again' } },
    });
  });
});

describe('a rescoring with actions all', () => {
  it('starts what follows, and says that the model has caused it', () => {
    const { decided } = decide(after, judged(), rescoring('all'));
    expect(decided).toMatchObject({ actionChanged: true, standing: { action: nurture } });
    expect(decided.changes).toMatchObject([{ type: 'LeadTierChanged', trigger: 'model' }]);
  });

  it('by hand says nothing about its cause, as ledgers of earlier releases have it (I2)', () => {
    const { decided } = decide(after, judged(), rescoring());
    expect(decided.actionChanged).toBe(true);
    expect(decided.changes[0]).not.toHaveProperty('trigger');
  });
});
