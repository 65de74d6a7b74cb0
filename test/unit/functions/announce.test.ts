import { describe, expect, it } from 'vitest';
import { outboundContracts } from '../../../events/index.ts';
import { announce } from '../../../functions/publish-changes/announce.ts';
import type { Change } from '../../../shared/lead/index.ts';

const cause = { parts: ['l-1', 'EVENT#1'], occurredAt: '2026-03-01T09:00:00.000Z', causationId: 'e-1' };
const position = { leadId: 'l-1', version: 3, ordinal: 0 };
const standing = {
  stage: 'mql',
  status: 'active',
  tier: 'good',
  score: 61.5,
  coverage: 0.7,
  modelVersion: 'success-ready@1',
  action: { kind: 'none' },
  actionChanged: true,
} as const;
const requested = {
  type: 'HandoffRequested',
  ...position,
  handoffId: 'h-1',
  dueAt: '2026-03-02T09:00:00.000Z',
  stage: 'mql',
  tier: 'good',
  score: 61.5,
} as const;

describe('an announcement', () => {
  it('is an event of Sluice that conforms to its contract, with its data as given', () => {
    const change: Change = {
      type: 'LeadStageTransitioned',
      from: null,
      to: 'mql',
      kind: 'entered',
      trigger: 'stated',
    };
    const { source, 'detail-type': type, detail } = announce({ ...position, ...standing, ...change }, cause);
    expect([source, type]).toEqual(['sluice', 'LeadStageTransitioned']);
    const { type: _type, ...data } = change;
    expect(detail.data).toEqual({ ...position, ...standing, ...data });
    expect(outboundContracts.LeadStageTransitioned.detail.safeParse(detail).error).toBeUndefined();
  });

  it('has the same id on every try, and another one for each type and part', () => {
    const announceId = (type: 'NurtureStarted' | 'NurtureStopped', ...parts: string[]) =>
      announce({ type, ...position, track: 'mql-nurture' }, { ...cause, parts }).detail.metadata.eventId;
    expect(announceId('NurtureStarted', 'l-1', 'a')).toBe(announceId('NurtureStarted', 'l-1', 'a'));
    const others = [
      announceId('NurtureStopped', 'l-1', 'a'),
      announceId('NurtureStarted', 'l-1', 'b'),
      announceId('NurtureStarted', 'l-1a'),
    ];
    expect(new Set([announceId('NurtureStarted', 'l-1', 'a'), ...others]).size).toBe(4);
  });

  it('compiles with the data of its contract only', () => {
    const mistyped = {
      type: 'LeadTierChanged',
      from: 'lead',
      to: 'mql',
      kind: 'advanced',
      trigger: 'won',
    } as const;
    const announced = [
      announce({ ...requested, queue: 'sales' }, cause),
      // @ts-expect-error A field is misspelt.
      announce({ ...requested, queu: 'sales' }, cause),
      // @ts-expect-error Two fields are left out.
      announce({ type: 'LeadErased', ...position, ...{ akshun: 1 } }, cause),
      // @ts-expect-error There is no such field, though it comes by a spread.
      announce({ ...requested, queue: 'sales', ...{ track: 'mql-nurture' } }, cause),
      // @ts-expect-error There is no such tier.
      announce({ ...requested, queue: 'sales', tier: 'superb' }, cause),
      // @ts-expect-error The data belongs to another type.
      announce({ ...position, ...standing, ...mistyped }, cause),
    ];
    const keepsContract = announced.map(
      ({ 'detail-type': type, detail }) => outboundContracts[type].detail.safeParse(detail).success,
    );
    expect(keepsContract).toEqual([true, ...announced.slice(1).map(() => false)]);
  });
});
