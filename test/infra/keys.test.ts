import { describe, expect, it } from 'vitest';
import { environmentNames } from '../../infra/environments.ts';
import { readAssembly } from '../../infra/local/assembly.ts';
import { readOverrides } from '../../infra/overrides.ts';
import { findWildcards } from '../security/grants/wildcards.ts';
import {
  buildTemplates,
  listPolicies,
  listResources,
  type Resource,
  stateful,
  stateless,
} from './synthesized.ts';

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string;
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
type Properties = Readonly<Record<string, unknown>>;

const keyed = buildTemplates({ overrides: { customerManagedKeys: true } });
const { templates } = keyed;
const all = [templates.stateful, templates.stateless];
const ofType = <P = Properties>(type: string): Resource<P>[] =>
  all.flatMap((template) => listResources<P>(template, type));
const key = 'DataKey.Arn';
const modelFile = 'models/success-ready.json';
const alarmTopicArn = 'arn:aws:sns:eu-central-1:123456789012:on-call';

describe('without a key of the account', () => {
  it('there is none, and everything is encrypted by keys of AWS', () => {
    for (const template of [stateful, stateless]) expect(JSON.stringify(template)).not.toContain('kms:');
    expect(listResources(stateful, 'AWS::KMS::Key')).toEqual([]);
    for (const { properties } of listResources<Properties>(stateless, 'AWS::SQS::Queue'))
      expect(properties).toMatchObject({ SqsManagedSseEnabled: true });
  });
});

describe('a key of the account', () => {
  it('is asked for by context, in no other words', () => {
    const from = (given: unknown) =>
      readOverrides((name) => (name === 'customerManagedKeys' ? given : undefined));
    expect(from('true')).toEqual({ customerManagedKeys: true });
    expect(from(undefined)).toEqual({});
    expect(() => from('yes')).toThrow('context customerManagedKeys: given "yes"; allowed: true, false');
  });

  it('is one, is rotated, and outlives the stack with what it encrypts', () => {
    expect(ofType('AWS::KMS::Key')).toMatchObject([
      { properties: { EnableKeyRotation: true }, deletionPolicy: 'RetainExceptOnCreate' },
    ]);
    const thrown = buildTemplates({ overrides: { customerManagedKeys: true, keepData: false } });
    expect(listResources(thrown.templates.stateful, 'AWS::KMS::Key')).toMatchObject([
      { deletionPolicy: 'Delete' },
    ]);
  });

  it('encrypts tables with their streams and indexes', () => {
    const tables = ofType('AWS::DynamoDB::GlobalTable');
    expect(tables).toHaveLength(5);
    for (const { properties } of tables) {
      expect(properties).toMatchObject({
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        Replicas: [{ SSESpecification: { KMSMasterKeyId: key } }],
      });
    }
  });

  it('encrypts every queue that a function reads or writes', () => {
    const queues = listResources<Properties>(templates.stateless, 'AWS::SQS::Queue');
    expect(queues.length).toBe(listResources(stateless, 'AWS::SQS::Queue').length);
    for (const { properties } of queues) {
      expect(properties).toMatchObject({ KmsMasterKeyId: key });
      expect(properties).not.toHaveProperty('SqsManagedSseEnabled');
    }
  });

  it.each(environmentNames.flatMap((environment) => [false, true].map((own) => [environment, own] as const)))(
    'or one of AWS is named for every queue of %s, own key: %j',
    (environment, customerManagedKeys) => {
      const built = buildTemplates({
        environment,
        alarmTopicArn,
        modelFile,
        overrides: { customerManagedKeys },
      });
      const queues = Object.values(built.templates).flatMap((template) =>
        listResources<Properties>(template, 'AWS::SQS::Queue'),
      );
      expect(queues.length).toBeGreaterThan(10);
      for (const { id, properties } of queues) {
        const stated = [properties.SqsManagedSseEnabled === true, properties.KmsMasterKeyId === key];
        expect(stated.filter(Boolean), id).toHaveLength(1);
      }
    },
  );

  it('encrypts every bucket, asked for once a bucket', () => {
    const rules = [
      {
        BucketKeyEnabled: true,
        ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key },
      },
    ];
    const buckets = ofType('AWS::S3::Bucket');
    expect(buckets.length).toBeGreaterThan(0);
    for (const { properties } of buckets)
      expect(properties.BucketEncryption).toEqual({ ServerSideEncryptionConfiguration: rules });
  });

  it('encrypts the bus and its archive', () => {
    for (const type of ['AWS::Events::EventBus', 'AWS::Events::Archive'])
      expect(ofType(type)).toMatchObject([{ properties: { KmsKeyIdentifier: key } }]);
  });
});

describe('what the bus could not encrypt or decrypt', () => {
  const bus = 'Bus.Arn';

  it('is kept for 14 days, under a key that has not failed', () => {
    expect(ofType('AWS::Events::EventBus')).toMatchObject([
      { properties: { DeadLetterConfig: { Arn: 'UnreadableEvents.Arn' } } },
    ]);
    expect(listResources(templates.stateful, 'AWS::SQS::Queue')).toMatchObject([
      {
        id: 'UnreadableEvents',
        properties: { SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 3_600 },
        deletionPolicy: 'RetainExceptOnCreate',
      },
    ]);
  });

  it('is put there by EventBridge for this bus, and by nobody over plain HTTP', () => {
    const [policy] = listResources<{ PolicyDocument: { Statement: Statement[] } }>(
      templates.stateful,
      'AWS::SQS::QueuePolicy',
    );
    expect(policy?.properties.PolicyDocument.Statement).toMatchObject([
      { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      {
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnEquals: { 'aws:SourceArn': bus } },
      },
    ]);
  });

  it('warns with the first event, and there is nothing of it without such a key', () => {
    const warning = (template: typeof stateless) =>
      listResources<Properties>(template, 'AWS::CloudWatch::Alarm').filter(({ properties }) =>
        JSON.stringify(properties.Dimensions ?? '').includes('UnreadableEvents'),
      );
    expect(warning(templates.stateless)).toMatchObject([
      {
        properties: {
          MetricName: 'ApproximateNumberOfMessagesVisible',
          Statistic: 'Maximum',
          Threshold: 1,
          EvaluationPeriods: 1,
        },
      },
    ]);
    expect(warning(stateless)).toEqual([]);
    expect(JSON.stringify(stateful)).not.toContain('DeadLetterConfig');
  });
});

const policyOfKey = ofType<{ KeyPolicy: { Statement: Statement[] } }>('AWS::KMS::Key').flatMap(
  ({ properties }) => properties.KeyPolicy.Statement,
);
const busArn = 'arn:AWS::Partition:events:AWS::Region:AWS::AccountId';

describe('the policy of the key', () => {
  it('leaves it to the account who manages and uses it', () => {
    const [account] = policyOfKey.filter(({ Sid }) => Sid === 'AccountDecides');
    expect(account).toMatchObject({
      Action: 'kms:*',
      Principal: { AWS: 'arn:AWS::Partition:iam::AWS::AccountId:root' },
    });
  });

  it('lets no service use it but EventBridge, for this bus, its archive and its rules', () => {
    const services = policyOfKey.filter(({ Sid }) => Sid !== 'AccountDecides');
    for (const { Principal } of services) expect(Principal).toEqual({ Service: 'events.amazonaws.com' });
    const [name] = ofType<{ Name: string }>('AWS::Events::EventBus').map(({ properties }) => properties.Name);
    expect(services.map(({ Sid, Action, Condition }) => [Sid, Action, Condition])).toEqual([
      [
        'KeepEvents',
        ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
        { StringEquals: { 'kms:EncryptionContext:aws:events:event-bus:arn': `${busArn}:event-bus/${name}` } },
      ],
      ['CheckKey', 'kms:DescribeKey', undefined],
      [
        'DeliverEvents',
        ['kms:Decrypt', 'kms:GenerateDataKey'],
        {
          StringEquals: { 'aws:SourceAccount': 'AWS::AccountId' },
          ArnLike: { 'aws:SourceArn': `${busArn}:rule/${name}/*` },
        },
      ],
    ]);
  });

  it('lets rules of the bus send to queues as before, and no other rule', () => {
    const policies = (template: typeof stateless) => listResources(template, 'AWS::SQS::QueuePolicy');
    expect(policies(templates.stateless)).toEqual(policies(stateless));
  });
});

const table =
  'Decrypt DescribeKey Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext ReEncryptFrom ReEncryptTo';

/** Returns the actions that a role may take with the key, by the service that they have to go through. */
const collectUses = (role: string): Record<string, string[]> => {
  const statements = all
    .flatMap((template) =>
      listPolicies<{ Roles: string[]; PolicyDocument: { Statement: Statement[] } }>(template),
    )
    .filter(({ properties }) => properties.Roles.includes(role))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement)
    .filter(({ Action }) => [Action].flat().some((action) => action.startsWith('kms:')));
  const uses = statements.map(({ Action, Resource, Condition, Effect }) => {
    expect([Effect, Resource]).toEqual(['Allow', key]);
    const via = Condition?.StringEquals?.['kms:ViaService']?.split('.')[0] ?? 'anything';
    return [via, [Action].flat().join(' ').replaceAll('kms:', '')] as const;
  });
  return Object.fromEntries(
    [...Map.groupBy(uses, ([via]) => via)].map(([via, found]) => [via, found.map(([, actions]) => actions)]),
  );
};

describe('what a role may do with the key', () => {
  it.each([
    ['ScoreLeadsHandlerRole', { dynamodb: [table], sqs: ['Decrypt'] }],
    ['StartNurtureHandlerRole', { dynamodb: [table], sqs: ['Decrypt'] }],
    ['HandOffHandlerRole', { dynamodb: [table], sqs: ['Decrypt'] }],
    ['EraseLeadHandlerRole', { dynamodb: [table], sqs: ['Decrypt'] }],
    ['CountFunnelHandlerRole', { dynamodb: [table], sqs: ['Decrypt'] }],
    ['RecountFunnelHandlerRole', { dynamodb: [table] }],
    ['CheckDriftHandlerRole', { dynamodb: [table] }],
    ['TimeCanaryHandlerRole', { sqs: ['Decrypt'] }],
    ['AdvanceLeadsHandlerRole', { dynamodb: [table], sqs: ['Decrypt GenerateDataKey'] }],
    ['AnswerQueriesHandlerRole', { dynamodb: [table] }],
    ['TakeRequestsHandlerRole', { dynamodb: [table], s3: ['Decrypt'] }],
    ['ManageQuarantineHandlerRole', { dynamodb: [table], s3: ['Decrypt'] }],
    ['ManageModelsHandlerRole', { dynamodb: [table] }],
    ['SendCanaryHandlerRole', {}],
    ['PublishChangesHandlerRole', { dynamodb: ['Decrypt'], s3: ['GenerateDataKey'] }],
    [
      'AnchorHeadsHandlerRole',
      { dynamodb: [table], s3: ['Decrypt GenerateDataKey'], sqs: ['Decrypt GenerateDataKey'] },
    ],
    ['AnchorHeadsScheduleRole', { sqs: ['Decrypt GenerateDataKey'] }],
  ])('goes through the services that it works with, and is no more than they need: %s', (role, uses) => {
    const found = collectUses(role);
    for (const [via, actions] of Object.entries(uses))
      expect(found[via]?.toSorted()).toEqual([...actions].sort());
    expect(Object.keys(found).sort()).toEqual(Object.keys(uses).sort());
  });

  it('is without a wildcard: only the policy of the key itself has one', () => {
    keyed.app.synth();
    const wild = findWildcards(readAssembly(keyed.outdir).resources).filter(({ statement }) =>
      statement.includes('kms:'),
    );
    expect(new Set(wild.map(({ at }) => at))).toEqual(new Set(['Data/Key']));
    expect(wild).toHaveLength(policyOfKey.length);
  });

  it('passes the checks of a deployment', () => {
    expect(() => buildTemplates({ validate: true, overrides: { customerManagedKeys: true } })).not.toThrow();
  });
});
