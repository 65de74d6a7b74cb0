import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { publishItems, storeEvents } from './handlers.ts';
import { details, entry, run } from './run.ts';
import { getAtt, imported, lambda, mapping, queue, rule, type TemplateResource } from './template.ts';

const role: TemplateResource = { Type: 'AWS::IAM::Role' };

const policy = (
  condition: object = { ArnNotEquals: { 'aws:PrincipalArn': getAtt('PublisherRole', 'Arn') } },
) => ({
  Type: 'AWS::Events::EventBusPolicy',
  Properties: {
    EventBusName: imported('Stateful:Bus'),
    StatementId: 'test-OnlyThePublisher',
    Statement: {
      Sid: 'OnlyThePublisher',
      Effect: 'Deny',
      Principal: '*',
      Action: 'events:PutEvents',
      Resource: imported('Stateful:BusArn'),
      Condition: { 'ForAnyValue:StringEquals': { 'events:source': 'sluice' }, ...condition },
    },
  },
});

/** Two functions that publish what the table gets, of which the policy lets one. */
const resources = {
  PublisherRole: role,
  OtherRole: role,
  Policy: policy(),
  Inbound: queue(),
  Announced: queue(),
  Gone: queue(),
  InboundRule: rule({ source: ['web'] }, 'Inbound'),
  AnnouncedRule: rule({ source: ['sluice'] }, 'Announced'),
  Store: lambda('store', { Environment: { Variables: { TABLE: imported('Stateful:Table') } } }),
  StoreMapping: mapping('Store', getAtt('Inbound', 'Arn')),
};

const publisher = (roleId: string): Readonly<Record<string, TemplateResource>> => ({
  Publish: lambda('publish', {
    Role: getAtt(roleId, 'Arn'),
    Environment: { Variables: { BUS: imported('Stateful:Bus') } },
  }),
  PublishMapping: mapping('Publish', imported('Stateful:Stream'), {
    StartingPosition: 'TRIM_HORIZON',
    MaximumRetryAttempts: 0,
  }),
});

const handlers = { store: storeEvents, publish: publishItems };

const client = (endpoint: string) =>
  new EventBridgeClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local', sessionToken: 'local' },
    maxAttempts: 1,
  });

describe('the policy of the bus on this machine', () => {
  it('lets the role that it names put events, and denies them to everybody else', async () => {
    const stack = await run({ ...resources, ...publisher('PublisherRole') }, handlers);
    const outside = client(stack.endpoint);
    const Entries = [entry({ lead: 'b' }), { ...entry({ lead: 'a' }), Source: 'sluice' }];
    await expect(outside.send(new PutEventsCommand({ Entries }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('OnlyThePublisher denies events:source "sluice"'),
    });
    await outside.send(new PutEventsCommand({ Entries: [entry({ lead: 'a' })] }));
    await stack.idle();
    expect(details(stack, 'Announced')).toHaveLength(1);
  });

  it('denies them to a function of another role', async () => {
    const stack = await run({ ...resources, ...publisher('OtherRole') }, handlers);
    stack.putEvents([entry({ lead: 'a' })]);
    await stack.idle();
    expect(details(stack, 'Announced')).toEqual([]);
    expect(stack.counts().Publish?.errors).toBeGreaterThan(0);
  });

  it('stops the start if it has a condition that is unknown here', async () => {
    const Policy = policy({ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } });
    await expect(run({ ...resources, Policy }, handlers)).rejects.toMatchObject({
      code: 'POLICY_UNSUPPORTED',
      message: expect.stringContaining('got NotIpAddress, allowed are'),
    });
  });
});
