import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { details, entry, run } from './run.ts';
import { getAtt, queue, rule, type TemplateResource } from './template.ts';

const partnerBus = 'aws.partner/salesforce.com/00D5f000006abcDEAQ/0YL5f0000008OIAGA2';

const partnerRule: TemplateResource = {
  Type: 'AWS::Events::Rule',
  Properties: {
    EventBusName: partnerBus,
    EventPattern: { source: [partnerBus] },
    State: 'ENABLED',
    Targets: [{ Id: 'q', Arn: getAtt('Partner', 'Arn') }],
  },
};

const resources = {
  Work: queue(),
  Partner: queue(),
  WorkRule: rule({ source: [{ 'anything-but': ['sluice'] }] }, 'Work'),
  PartnerRule: partnerRule,
};

const change = (detail: object, changed: object = {}) => ({
  EventBusName: partnerBus,
  Source: partnerBus,
  DetailType: 'LeadChangeEvent',
  Detail: JSON.stringify(detail),
  ...changed,
});

describe('a rule on the bus of a partner', () => {
  it('delivers what is put on that bus under the name of the partner, and nothing of the bus of the app', async () => {
    const stack = await run(resources, {});
    const client = new EventBridgeClient({
      endpoint: stack.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    const Entries = [change({ payload: { n: 1 } }), entry({ lead: 'l-1' })];
    const { FailedEntryCount } = await client.send(new PutEventsCommand({ Entries }));
    expect(FailedEntryCount).toBe(0);
    expect(details(stack, 'Partner')).toEqual([{ payload: { n: 1 } }]);
    expect(JSON.parse(stack.messages('Partner')[0]?.body ?? '')).toMatchObject({
      source: partnerBus,
      'detail-type': 'LeadChangeEvent',
    });
    expect(details(stack, 'Work')).toEqual([{ lead: 'l-1' }]);
  });

  it('gets nothing that another source puts there', async () => {
    const stack = await run(resources, {});
    stack.putEvents([change({ n: 1 }, { Source: 'web' })]);
    expect(details(stack, 'Partner')).toEqual([]);
  });

  it.each([
    ['on the bus of the app', { EventBusName: 'leads' }, 'NotAuthorizedForSourceException'],
    ['of another partner', { Source: 'aws.partner/segment.com/x' }, 'NotAuthorizedForSourceException'],
    [
      'on a bus that no source has',
      { EventBusName: 'aws.partner/segment.com/x', Source: 'aws.partner/segment.com/x' },
      'ResourceNotFoundException',
    ],
  ])('refuses an event of a partner %s', async (_, changed, code) => {
    const stack = await run(resources, {});
    expect(stack.putEvents([change({ n: 1 }, changed)])).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: code }],
    });
    expect(details(stack, 'Partner')).toEqual([]);
  });
});
