import { describe, expect, it } from 'vitest';
import {
  actionContracts,
  BrokenAnnouncementError,
  type Contract,
  inboundContracts,
  outboundContracts,
  parseAction,
  parseDeadlineMoved,
} from '../../../events/index.ts';

const { sampleEvent } = outboundContracts.LeadTierChanged;

describe('reading an announcement', () => {
  it.each(actionContracts.map((contract) => [contract.detailType, contract as Contract] as const))(
    'gives %s as it was announced',
    (type, contract) => {
      expect(parseAction(contract.sampleEvent)).toEqual({ type, ...contract.sampleEvent.detail });
    },
  );

  it('refuses one that breaks its contract, and names field, value and what is allowed', () => {
    const detail = { ...sampleEvent.detail, data: { ...sampleEvent.detail.data, to: 'splendid' } };
    expect(() => parseAction({ ...sampleEvent, detail })).toThrow(
      new BrokenAnnouncementError('LeadTierChanged', [
        { path: 'detail.data.to', given: '"splendid"', allowed: 'none, risky, good, excellent' },
      ]),
    );
  });

  it.each(['LeadRedirected', 'LeadErased'] as const)(
    'refuses %s with anything left to do, or with a standing: the lead has none any more',
    (type) => {
      const { sampleEvent: entry } = outboundContracts[type];
      for (const more of [
        { action: { kind: 'nurture', track: 'mql-nurture' } },
        { actionChanged: false },
        { tier: 'good' },
      ]) {
        const detail = { ...entry.detail, data: { ...entry.detail.data, ...more } };
        expect(() => parseAction({ ...entry, detail })).toThrow(BrokenAnnouncementError);
      }
    },
  );

  it('refuses a type after which no action can follow', () => {
    for (const entry of [
      outboundContracts.NurtureStarted.sampleEvent,
      inboundContracts.LeadStageChanged.sampleEvent,
      { 'detail-type': 'constructor', detail: {} },
    ])
      expect(() => parseAction(entry)).toThrow(/detail-type: given .*; allowed: LeadTierChanged/);
  });

  it('refuses null and lists as detail, with the same error', () => {
    for (const detail of [null, [], 'x', undefined])
      expect(() => parseAction({ ...sampleEvent, detail })).toThrow(BrokenAnnouncementError);
  });
});

describe('reading that a deadline moves', () => {
  const { sampleEvent: moved } = outboundContracts.HandoffDeadlineMoved;

  it('gives it as it was announced, and nothing for any other type', () => {
    expect(parseDeadlineMoved(moved)).toEqual({ type: 'HandoffDeadlineMoved', ...moved.detail });
    expect(parseDeadlineMoved(sampleEvent)).toBeUndefined();
  });

  it('refuses one that breaks its contract', () => {
    const detail = { ...moved.detail, data: { ...moved.detail.data, effect: 'forgotten' } };
    expect(() => parseDeadlineMoved({ ...moved, detail })).toThrow(
      new BrokenAnnouncementError('HandoffDeadlineMoved', [
        { path: 'detail.data.effect', given: '"forgotten"', allowed: 'paused, resumed, reset' },
      ]),
    );
  });
});
