import { describe, expect, it } from 'vitest';
import {
  actionContracts,
  actionPattern,
  type Contract,
  canaryPrefix,
  deadlineMovedPattern,
  erasurePattern,
  expirySteps,
  handoffVerdictPattern,
  inboundContracts,
  inboundPattern,
  internalContracts,
  outboundContracts,
  type RulePattern,
  recyclingPattern,
} from '../../../events/index.ts';
import { compilePattern } from '../../../infra/local/pattern.ts';

const inbound: readonly Contract[] = Object.values(inboundContracts);
const outbound: readonly Contract[] = Object.values(outboundContracts);

/** Returns an event as the bus delivers it. */
const onTheBus = (entry: object) => ({
  version: '0',
  id: 'x',
  account: '1',
  region: 'eu-central-1',
  ...entry,
});

const findMatchedTypes = (pattern: RulePattern, contracts: readonly Contract[]): string[] => {
  const matches = compilePattern(pattern);
  return contracts
    .filter(({ sampleEvent }) => matches(onTheBus(sampleEvent)))
    .map(({ detailType }) => detailType);
};

const action = (contract: Contract, data: object) => {
  const { sampleEvent } = contract;
  return onTheBus({
    ...sampleEvent,
    detail: { ...sampleEvent.detail, data: { ...(sampleEvent.detail.data as object), ...data } },
  });
};

const handoff = { kind: 'handoff', queue: 'sales', dueHours: 24 };
const nurture = { kind: 'nurture', track: 'lead-nurture' };

describe('the pattern of score-leads', () => {
  it('matches the sample of every inbound contract', () => {
    expect(findMatchedTypes(inboundPattern, inbound)).toEqual(Object.keys(inboundContracts));
  });

  it("matches none of Sluice's announcements, so that Sluice never consumes its own events", () => {
    expect(findMatchedTypes(inboundPattern, outbound)).toEqual([]);
    const matches = compilePattern(inboundPattern);
    expect(matches(onTheBus({ ...inboundContracts.LeadsMerged.sampleEvent, source: 'sluice' }))).toBe(false);
  });

  it.each(['LeadForgotten', 'leadsMerged', 'LeadErased', 'constructor'])(
    'matches a type that no inbound contract has, so that it is quarantined: %s',
    (type) => {
      const entry = { ...inboundContracts.LeadsMerged.sampleEvent, 'detail-type': type };
      expect(compilePattern(inboundPattern)(onTheBus(entry))).toBe(true);
    },
  );

  it.each(Object.values(internalContracts).map((contract) => [contract.detailType, contract as Contract]))(
    'matches no message between functions, whoever sends it: %s',
    (_type, contract) => {
      const entry = { ...(contract as Contract).sampleEvent, source: 'marketing.web' };
      expect(compilePattern(inboundPattern)(onTheBus(entry))).toBe(false);
    },
  );

  it.each(['aws.s3', 'aws.cloudtrail', 'aws.events', 'aws.partner/example.com/1', 'aws.'])(
    'matches no event of AWS, of which an account forwards thousands: %s',
    (source) => {
      const entry = { source, 'detail-type': 'AWS API Call via CloudTrail', detail: {} };
      expect(compilePattern(inboundPattern)(onTheBus(entry))).toBe(false);
    },
  );

  it.each([
    'sluice.canary',
    'sluice.rescore',
    'Sluice',
    'sluice ',
    '',
    'sluic',
    'aws',
    'awsome',
    'my.aws.s3',
    'AWS.s3',
  ])("matches a source that only resembles Sluice's own, or one of AWS: %j", (source) => {
    const entry = { ...inboundContracts.LeadsMerged.sampleEvent, source };
    expect(compilePattern(inboundPattern)(onTheBus(entry))).toBe(true);
  });
});

describe('the pattern of the consumers', () => {
  const matches = compilePattern(actionPattern);

  it.each(actionContracts.map((contract) => [contract.detailType, contract as Contract] as const))(
    'matches %s if the action changed, whatever it changed to, and not if it stayed',
    (_type, contract) => {
      for (const to of [handoff, nurture, { kind: 'none' }])
        expect(matches(action(contract, { action: to, actionChanged: true }))).toBe(true);
      expect(matches(action(contract, { action: nurture, actionChanged: false }))).toBe(false);
    },
  );

  it('matches no other event on the bus', () => {
    expect(findMatchedTypes(actionPattern, inbound)).toEqual([]);
    expect(findMatchedTypes(actionPattern, outbound)).toEqual(
      actionContracts.map(({ detailType }) => detailType),
    );
  });

  it('does not match an outside producer that uses the types of announcements', () => {
    expect(matches({ ...action(outboundContracts.LeadTierChanged, {}), source: 'crm' })).toBe(false);
  });
});

describe('the pattern of erasures', () => {
  it('matches only the announcement that a lead was erased, not the request for it', () => {
    expect(findMatchedTypes(erasurePattern, [...inbound, ...outbound])).toEqual(['LeadErased']);
    const { LeadErased } = outboundContracts;
    const fromOutside = { ...LeadErased.sampleEvent, source: 'crm' };
    expect(compilePattern(erasurePattern)(onTheBus(fromOutside))).toBe(false);
  });
});

describe('the pattern of verdicts', () => {
  it('matches both verdicts and nothing else', () => {
    expect(findMatchedTypes(handoffVerdictPattern, [...inbound, ...outbound])).toEqual([
      'HandoffAccepted',
      'HandoffRejected',
    ]);
  });
});

describe('the pattern of expiries after which a lead is recycled', () => {
  const expired = (followedBy: string, source = 'sluice') => {
    const { sampleEvent } = outboundContracts.HandoffExpired;
    const { metadata, data } = sampleEvent.detail;
    return onTheBus({ ...sampleEvent, source, detail: { metadata, data: { ...data, followedBy } } });
  };

  it('matches these expiries of Sluice and nothing else', () => {
    const matches = compilePattern(recyclingPattern);
    expect(matches(expired('recycle'))).toBe(true);
    for (const step of expirySteps.filter((step) => step !== 'recycle'))
      expect(matches(expired(step))).toBe(false);
    expect(matches(expired('recycle', 'crm'))).toBe(false);
    expect(findMatchedTypes(recyclingPattern, [...inbound, ...outbound])).toEqual([]);
  });
});

describe('the pattern of deadlines that move', () => {
  it('matches them and nothing else, and not those of the canary', () => {
    expect(findMatchedTypes(deadlineMovedPattern, [...inbound, ...outbound])).toEqual([
      'HandoffDeadlineMoved',
    ]);
    const { sampleEvent } = outboundContracts.HandoffDeadlineMoved;
    const { metadata, data } = sampleEvent.detail;
    const ofCanary = { ...sampleEvent, detail: { metadata, data: { ...data, leadId: `${canaryPrefix}1` } } };
    expect(compilePattern(deadlineMovedPattern)(onTheBus(ofCanary))).toBe(false);
  });
});
