import { Duration } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { buildTemplates, listResources, listResourceTypes, stateful, stateless } from './synthesized.ts';

interface Table {
  readonly KeySchema: unknown;
  readonly Replicas: readonly unknown[];
  readonly GlobalSecondaryIndexes?: unknown;
  readonly TimeToLiveSpecification?: unknown;
  readonly StreamSpecification?: { readonly StreamViewType: string };
}

const tables = listResources<Table>(stateful, 'AWS::DynamoDB::GlobalTable');
const table = (name: string) => tables.find(({ id }) => id === name)?.properties;
const keySchema = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' },
  { AttributeName: range, KeyType: 'RANGE' },
];
const holdsData = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::Events::EventBus',
  'AWS::Events::Archive',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
];

describe('the tables', () => {
  it('are the leads, the quarantine, what makes requests of the API harmless when they are sent again, identities and deliveries', () => {
    expect(tables.map(({ id }) => id)).toEqual([
      'Leads',
      'Quarantine',
      'Requests',
      'Identities',
      'Deliveries',
    ]);
  });

  it.each(tables)(
    'can be restored to any second, are encrypted and paid by request: $id',
    ({ properties }) => {
      expect(properties).toMatchObject({
        KeySchema: keySchema('pk', 'sk'),
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        Replicas: [
          {
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
            DeletionProtectionEnabled: true,
          },
        ],
      });
    },
  );

  it('stream whole changes of leads, and new images of quarantined events', () => {
    expect(table('Leads')?.StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
    expect(table('Quarantine')?.StreamSpecification).toEqual({ StreamViewType: 'NEW_IMAGE' });
    expect(table('Deliveries')?.StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
    for (const name of ['Requests', 'Identities'])
      expect(table(name)).not.toHaveProperty('StreamSpecification');
  });

  it('are indexed by tier, due time and queue, and the quarantine by lead, with nothing but keys', () => {
    const index = (IndexName: string, hash: string, range = 'pk') => ({
      IndexName,
      KeySchema: keySchema(hash, range),
      Projection: { ProjectionType: 'KEYS_ONLY' },
    });
    expect(table('Leads')?.GlobalSecondaryIndexes).toEqual([
      index('by-tier', 'tierKey'),
      index('by-due', 'dueKey', 'dueAt'),
      index('by-queue', 'queue', 'handoffStatus'),
    ]);
    expect(table('Quarantine')?.GlobalSecondaryIndexes).toEqual([index('by-lead', 'leadId')]);
    expect(table('Deliveries')?.GlobalSecondaryIndexes).toEqual([index('by-time', 'timeKey', 'time')]);
    for (const name of ['Requests', 'Identities'])
      expect(table(name)).not.toHaveProperty('GlobalSecondaryIndexes');
  });

  it('forget what was quarantined and never fixed, what was asked for, and ended deliveries, but no lead and nobody', () => {
    for (const name of ['Quarantine', 'Requests', 'Deliveries']) {
      expect(table(name)?.TimeToLiveSpecification).toEqual({ AttributeName: 'expiresAt', Enabled: true });
    }
    for (const name of ['Leads', 'Identities'])
      expect(table(name)).not.toHaveProperty('TimeToLiveSpecification');
  });

  it.each([...tables, ...listResources(stateful, 'AWS::S3::Bucket')])(
    'are named by CloudFormation: $id',
    (found) => {
      expect(found.properties).not.toHaveProperty('TableName');
      expect(found.properties).not.toHaveProperty('BucketName');
    },
  );
});

describe('the secrets', () => {
  const secrets = listResources<Record<string, unknown>>(stateful, 'AWS::SecretsManager::Secret');

  it('are those of sources, those of targets, and the key of identities', () => {
    expect(secrets.map(({ id }) => id)).toEqual(['SecretsSources', 'SecretsTargets', 'SecretsIdentityKey']);
  });

  it('have no value in the template, which a deployment could set again', () => {
    for (const { properties } of secrets) expect(properties).not.toHaveProperty('SecretString');
    for (const { properties } of secrets.slice(0, 2))
      expect(properties).not.toHaveProperty('GenerateSecretString');
  });

  it('never get another key of identities: any change of these two properties would generate one', () => {
    expect(secrets[2]?.properties.GenerateSecretString).toEqual({
      PasswordLength: 64,
      ExcludePunctuation: true,
    });
  });

  it('are encrypted by the key of the account if it has one', () => {
    const { templates } = buildTemplates({ overrides: { customerManagedKeys: true } });
    for (const { properties } of listResources(templates.stateful, 'AWS::SecretsManager::Secret'))
      expect(properties).toMatchObject({ KmsKeyId: 'DataKey.Arn' });
  });
});

describe('the bus', () => {
  it('archives everything for 30 days, or as long as is asked for', () => {
    const findArchives = (template: typeof stateful) =>
      listResources(template, 'AWS::Events::Archive').map(({ properties }) => properties);
    expect(findArchives(stateful)).toMatchObject([
      { SourceArn: 'Bus.Arn', EventPattern: { source: [{ prefix: '' }] }, RetentionDays: 30 },
    ]);
    const { templates } = buildTemplates({ overrides: { archiveRetention: Duration.days(7) } });
    expect(findArchives(templates.stateful)).toMatchObject([{ RetentionDays: 7 }]);
  });
});

describe('the bucket of failed records', () => {
  it('is encrypted, closed to the public, and forgets after 30 days', () => {
    const failedRecords = listResources(stateful, 'AWS::S3::Bucket').filter(
      ({ id }) => id === 'FailedRecords',
    );
    expect(failedRecords.map(({ properties }) => properties)).toMatchObject([
      {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: { Rules: [{ ExpirationInDays: 30, Status: 'Enabled' }] },
      },
    ]);
  });
});

describe('the stacks', () => {
  it('hold data in the stateful one only', () => {
    expect(listResourceTypes(stateful).sort()).toEqual([...holdsData, 'AWS::S3::BucketPolicy'].sort());
    expect(listResourceTypes(stateless).filter((type) => holdsData.includes(type))).toEqual([]);
  });

  it('keep all data when they are deleted, and the stateful one refuses deletion', () => {
    const retained = holdsData.flatMap((type) => listResources(stateful, type));
    for (const { deletionPolicy } of retained) expect(deletionPolicy).toMatch(/^Retain/);
    expect(buildTemplates().stateful.terminationProtection).toBe(true);
  });

  it('leave nothing behind when they are thrown away', () => {
    const built = buildTemplates({ overrides: { keepData: false } });
    const { stateful: throwaway } = built.templates;
    const left = holdsData.flatMap((type) => listResources(throwaway, type));
    expect(left.filter(({ deletionPolicy }) => deletionPolicy !== 'Delete')).toEqual([]);
    const [leads] = listResources<Table>(throwaway, 'AWS::DynamoDB::GlobalTable');
    expect(leads?.properties.Replicas).not.toContainEqual(
      expect.objectContaining({ DeletionProtectionEnabled: true }),
    );
    expect(built.stateful.terminationProtection).toBe(false);
  });

  it('tell the command line where things are', () => {
    const names = Object.keys(stateful.Outputs ?? {}).filter((name) => !name.startsWith('Exports'));
    expect(names).toEqual([
      'SourceSecretsArn',
      'TargetSecretsArn',
      'IdentityKeyArn',
      'Region',
      'LeadsTableName',
      'QuarantineTableName',
      'RequestsTableName',
      'IdentitiesTableName',
      'DeliveriesTableName',
      'BusName',
      'FailedRecordsBucketName',
      'AnchorsBucketName',
      'AnchorRetentionDays',
    ]);
  });
});
