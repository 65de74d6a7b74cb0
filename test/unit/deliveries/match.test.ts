import { describe, expect, it } from 'vitest';
import { parseDeliverable } from '../../../events/index.ts';
import {
  type SubscriptionFilter,
  selectFields,
  signMessage,
  wantsAnnouncement,
} from '../../../shared/deliveries/index.ts';
import { type AnnouncementInput, announceDelivery } from '../../support/delivering.ts';

const parse = (input: AnnouncementInput) => parseDeliverable(announceDelivery(input));
const wants = (filter: SubscriptionFilter, input: AnnouncementInput = {}): boolean => {
  const event = parse(input);
  return wantsAnnouncement({ events: [event.type], filter }, event);
};

describe('a subscription', () => {
  it('wants only the types that it names', () => {
    const event = parse({});
    expect(wantsAnnouncement({ events: ['LeadTierChanged'] }, event)).toBe(true);
    expect(wantsAnnouncement({ events: ['HandoffRequested'] }, event)).toBe(false);
  });

  it('wants the tiers that it names, and that a lead leaves them', () => {
    expect(wants({ tiers: ['good'] })).toBe(true);
    expect(wants({ tiers: ['risky'] })).toBe(true);
    expect(wants({ tiers: ['excellent'] })).toBe(false);
    expect(wants({ tiers: ['risky'] }, { type: 'LeadStageTransitioned' })).toBe(false);
  });

  it('wants the stages that it names, and that a lead leaves them', () => {
    expect(wants({ stages: ['mql'] }, { type: 'LeadStageTransitioned' })).toBe(true);
    expect(wants({ stages: ['lead'] }, { type: 'LeadStageTransitioned' })).toBe(true);
    expect(wants({ stages: ['sql'] }, { type: 'LeadStageTransitioned' })).toBe(false);
  });

  it('wants the statuses and queues that it names, also the queue of an action', () => {
    expect(wants({ statuses: ['recycled'] })).toBe(false);
    expect(wants({ queues: ['sales'] }, { type: 'HandoffRequested' })).toBe(true);
    expect(wants({ queues: ['other'] }, { type: 'HandoffRequested' })).toBe(false);
    const action = { kind: 'handoff', queue: 'sales', dueHours: 24 };
    expect(wants({ queues: ['sales'] }, { data: { action } })).toBe(true);
    expect(wants({ queues: ['other'] }, { data: { action } })).toBe(false);
  });

  it('wants the causes that it names; a change without one was caused by an event', () => {
    expect(wants({ causes: ['time'] }, { data: { trigger: 'time' } })).toBe(true);
    expect(wants({ causes: ['event'] }, { data: { trigger: 'time' } })).toBe(false);
    expect(wants({ causes: ['time'] })).toBe(false);
    expect(wants({ causes: ['event'] })).toBe(true);
    expect(wants({ causes: ['activity'] }, { type: 'LeadStageTransitioned' })).toBe(true);
  });

  it('wants what has no such field, and all of its filters must let it through', () => {
    expect(wants({ tiers: ['excellent'], causes: ['time'] }, { type: 'NurtureStarted' })).toBe(true);
    expect(wants({ tiers: ['good'], stages: ['sql'] })).toBe(false);
  });

  it('always wants the end of a lead', () => {
    for (const type of ['LeadErased', 'LeadRedirected'] as const)
      expect(wants({ tiers: ['excellent'], causes: ['time'] }, { type })).toBe(true);
  });
});

describe('the data of a delivery', () => {
  it('has the position whatever fields are named, and never attributes', () => {
    const event = parse({ type: 'HandoffRequested' });
    expect(selectFields({ fields: ['queue', 'attributes'] }, event)).toEqual({
      leadId: 'l-1',
      version: 1,
      ordinal: 0,
      queue: 'sales',
    });
    expect(selectFields({}, event)).not.toHaveProperty('attributes');
  });

  it('names who moved a lead, and the reason that was given, only if the subscription names these fields', () => {
    const event = parse({
      type: 'LeadStageTransitioned',
      data: { actor: 'ada@example.com', reason: 'Ada knows them' },
    });
    expect(selectFields({}, event)).toMatchObject({ to: 'mql', trigger: 'activity' });
    expect(JSON.stringify(selectFields({}, event))).not.toContain('ada');
    expect(selectFields({}, event)).not.toHaveProperty('reason');
    expect(selectFields({ fields: ['to', 'reason'] }, event)).toMatchObject({
      to: 'mql',
      reason: 'Ada knows them',
    });
  });

  it('names to whom a hand-off was escalated only if the subscription names this field', () => {
    const event = parse({ type: 'HandoffExpired' });
    expect(selectFields({}, event)).toMatchObject({ followedBy: 'escalate', queue: 'sales' });
    expect(selectFields({}, event)).not.toHaveProperty('escalatedTo');
    expect(selectFields({ fields: ['escalatedTo'] }, event)).toMatchObject({
      escalatedTo: 'ada-lovelace',
    });
  });
});

describe('an announcement', () => {
  it('that is not about a lead can not be delivered', () => {
    const event = { 'detail-type': 'ScoringModelActivated', detail: {} };
    expect(() => parseDeliverable(event)).toThrow(/breaks its contract/);
  });

  it('that breaks its contract can not be delivered', () => {
    expect(() => parse({ data: { score: 'high' } })).toThrow(/detail\.data\.score/);
  });
});

describe('a signature', () => {
  it('is that of the specification', () => {
    const message = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      seconds: 1_614_265_330,
      body: '{"test": 2432232314}',
    };
    expect(signMessage(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], message)).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  it.each(['', 'whsec_', 'whsec_dG9vIHNob3J0', 'not base64!', `whsec_${'A'.repeat(100)}`])(
    'is not made by the secret %j',
    (secret) => expect(signMessage([secret], { id: 'a', seconds: 1, body: '' })).toBeUndefined(),
  );
});
