import { describe, expect, it } from 'vitest';
import { Bus } from '../../../infra/local/bus.ts';
import { compileDenial } from '../../../infra/local/bus-policy.ts';

const arn = 'arn:aws:events:us-east-1:000000000000:event-bus/leads';
const herald = 'arn:aws:iam::000000000000:role/herald';
const user = 'arn:aws:iam::000000000000:user/local';

type Condition = Parameters<typeof compileDenial>[0]['Condition'];

const deny = (Sid: string, Condition: Condition) =>
  compileDenial({
    Effect: 'Deny',
    Sid,
    Principal: '*',
    Action: 'events:PutEvents',
    Resource: arn,
    Condition,
  });

const onlyHerald = deny('OnlyHerald', {
  'ForAnyValue:StringEquals': { 'events:source': 'sluice' },
  ArnNotEquals: { 'aws:PrincipalArn': [herald] },
});
const onlyNamed = deny('OnlyNamedLeadsMerged', {
  'ForAnyValue:StringEquals': { 'events:detail-type': 'LeadsMerged' },
  StringNotEquals: { 'aws:PrincipalAccount': ['111111111111'] },
});

const forNobody = deny('NobodySendsInternal', {
  'ForAnyValue:StringEquals': { 'events:detail-type': ['LeadClockAdvanced', 'HandoffDue'] },
});

const entry = (Source: string, DetailType = 'Happened', EventBusName = 'leads') => ({
  Source,
  DetailType,
  EventBusName,
  Detail: '{}',
});

const put = (caller: string | undefined, ...entries: object[]) => {
  const events: string[] = [];
  const bus = new Bus({
    buses: ['leads', 'other'],
    denials: [onlyHerald, onlyNamed, forNobody].map((check) => ({ bus: 'leads', check })),
    rules: [],
    onEvent: ({ source }) => events.push(source),
  });
  try {
    bus.putEvents(entries, 0, caller);
  } catch (error) {
    return { events, denied: error };
  }
  return { events, denied: undefined };
};

describe('the policy of a local bus', () => {
  it('denies a source to all but the role that it names, and says which source', () => {
    expect(put(user, entry('sluice'))).toEqual({
      events: [],
      denied: expect.objectContaining({
        type: 'AccessDeniedException',
        status: 400,
        message:
          `User: ${user} is not authorized to perform: events:PutEvents on resource: ${arn} with an explicit ` +
          'deny in a resource-based policy: OnlyHerald denies events:source "sluice"',
      }),
    });
    expect(put(herald, entry('sluice')).events).toEqual(['sluice']);
  });

  it('denies a request as a whole if it denies one entry of it', () => {
    const { events, denied } = put(user, entry('crm'), entry('sluice'), entry('web'));
    expect([events, denied]).toEqual([[], expect.objectContaining({ type: 'AccessDeniedException' })]);
  });

  it('denies a type, under whatever source', () => {
    expect(put(herald, entry('crm', 'LeadsMerged')).denied).toMatchObject({
      message: expect.stringContaining('OnlyNamedLeadsMerged denies events:detail-type "LeadsMerged"'),
    });
  });

  it.each([herald, user])('denies a type to everybody if the statement excepts nobody: %s', (caller) => {
    expect(put(caller, entry('crm', 'HandoffDue')).denied).toMatchObject({
      type: 'AccessDeniedException',
      message: expect.stringContaining('NobodySendsInternal denies events:detail-type "HandoffDue"'),
    });
  });

  it.each([
    ['another source', entry('sluice.rescore')],
    ['another type', entry('crm', 'leadsMerged')],
    ['another bus', entry('sluice', 'LeadsMerged', 'other')],
  ])('does not deny %s', (_what, given) => expect(put(user, given).denied).toBeUndefined());

  it('denies also an entry that names the bus by its ARN', () => {
    expect(put(user, entry('sluice', 'Happened', arn)).denied).toBeDefined();
  });

  it('is not asked about events that nobody requested to put', () => {
    expect(put(undefined, entry('sluice')).events).toEqual(['sluice']);
  });

  it.each([
    [
      { 'ForAnyValue:StringLike': { 'events:source': 'sl*' } },
      'bus policy at Odd.Condition: got ForAnyValue:StringLike, allowed are ForAnyValue:StringEquals, StringNotEquals, ArnNotEquals',
    ],
    [
      { StringNotEquals: { 'aws:SourceIp': '10.0.0.1' } },
      'bus policy at Odd.Condition.StringNotEquals: got aws:SourceIp, allowed are events:source, events:detail-type, aws:PrincipalArn, aws:PrincipalAccount',
    ],
    [{ constructor: { 'events:source': 'a' } }, 'got constructor, allowed are'],
  ] as [Condition, string][])('is refused with what it does not know: %j', (condition, message) => {
    expect(() => deny('Odd', condition)).toThrow(
      expect.objectContaining({ code: 'POLICY_UNSUPPORTED', message: expect.stringContaining(message) }),
    );
  });
});
