import { describe, expect, it } from 'vitest';
import { readOverrides } from '../../infra/overrides.ts';
import { anchorPrefix } from '../../shared/keys/index.ts';
import { manifestKey, partKey } from '../../shared/ledger/index.ts';
import {
  buildTemplates,
  listOutputs,
  listPolicies,
  listResources,
  stateful,
  stateless,
} from './synthesized.ts';

interface BucketProperties {
  readonly ObjectLockConfiguration?: unknown;
  readonly [name: string]: unknown;
}
interface Policy {
  readonly Roles: readonly string[];
  readonly PolicyDocument: { readonly Statement: readonly Record<string, unknown>[] };
}

const findAnchorsBucket = (template: typeof stateful): BucketProperties | undefined =>
  listResources<BucketProperties>(template, 'AWS::S3::Bucket').find(({ id }) => id === 'Anchors')?.properties;

interface Statement {
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** Returns what the policy of the bucket denies to everybody, beside plain HTTP. */
const findDenials = (template: typeof stateful): Statement[] =>
  listResources<{ Bucket: string; PolicyDocument: { Statement: Statement[] } }>(
    template,
    'AWS::S3::BucketPolicy',
  )
    .filter(({ properties }) => properties.Bucket === 'Anchors')
    .flatMap(({ properties }) => properties.PolicyDocument.Statement)
    .filter(({ Action }) => Action !== 's3:*');

const everybody = { Effect: 'Deny', Principal: { AWS: '*' }, Resource: 'Anchors.Arn/*' };
const overwriting = {
  ...everybody,
  Action: 's3:PutObject',
  Condition: { Null: { 's3:if-none-match': 'true' } },
};

const findLock = (template: typeof stateful): unknown => findAnchorsBucket(template)?.ObjectLockConfiguration;

const retention = (Mode: string) => ({
  ObjectLockEnabled: 'Enabled',
  Rule: { DefaultRetention: { Days: 400, Mode } },
});

/** Returns the statements for one role. */
const findStatements = (role: string): Record<string, unknown>[] =>
  listPolicies<Policy>(stateless)
    .filter(({ properties }) => properties.Roles.includes(role))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement);

describe('the bucket of anchors', () => {
  it('locks every object for 400 days, is closed to the public, encrypted, and takes TLS only', () => {
    expect(findAnchorsBucket(stateful)).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: retention('GOVERNANCE'),
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    });
    const policies = listResources<{ Bucket: string; PolicyDocument: { Statement: unknown[] } }>(
      stateful,
      'AWS::S3::BucketPolicy',
    );
    const own = policies.find(({ properties }) => properties.Bucket === 'Anchors');
    expect(own?.properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: 's3:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  });

  it('denies everybody to write over an anchor, to delete or hide one, and to shorten its lock', () => {
    expect(findDenials(stateful)).toEqual([
      overwriting,
      {
        ...everybody,
        Action: [
          's3:BypassGovernanceRetention',
          's3:DeleteObject',
          's3:DeleteObjectVersion',
          's3:PutObjectLegalHold',
          's3:PutObjectRetention',
          's3:ReplicateDelete',
          's3:ReplicateObject',
        ],
      },
    ]);
  });

  it('keeps nothing beyond the time for which it is locked', () => {
    expect(findAnchorsBucket(stateful)?.LifecycleConfiguration).toEqual({
      Rules: [
        { Status: 'Enabled', ExpirationInDays: 400, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
      ],
    });
  });

  it('is locked to everybody where that is asked for', () => {
    expect(findLock(buildTemplates({ overrides: { anchorLock: 'compliance' } }).templates.stateful)).toEqual(
      retention('COMPLIANCE'),
    );
  });

  it('refuses a lock that there is none of', () => {
    expect(() => readOverrides((key) => (key === 'anchorLock' ? 'goverance' : undefined))).toThrow(
      'context anchorLock: given "goverance"; allowed: governance, compliance',
    );
  });

  it('locks nothing and lets objects be deleted where it is to be thrown away with its stack', () => {
    const throwaway = buildTemplates({ overrides: { keepData: false, anchorLock: 'compliance' } }).templates
      .stateful;
    expect(findLock(throwaway)).toBeUndefined();
    expect(findDenials(throwaway)).toEqual([overwriting]);
  });
});

describe('anchor-heads', () => {
  it('may scan the heads of the leads, and write and read below its prefix; it changes and deletes nothing', () => {
    const statements = findStatements('AnchorHeadsHandlerRole');
    const granted = statements.filter(({ Resource }) => /^(Leads|Anchors)\./.test(String(Resource)));
    expect(granted).toEqual([
      {
        Effect: 'Allow',
        Action: 'dynamodb:Scan',
        Resource: 'Leads.Arn',
        Condition: {
          'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'version', 'head'] },
          Null: { 'dynamodb:Attributes': 'false' },
          StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
        },
      },
      {
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: `Anchors.Arn/${anchorPrefix}*`,
      },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: 'Anchors.Arn',
        Condition: { StringLike: { 's3:prefix': [`${anchorPrefix}*`] } },
      },
    ]);
    expect(JSON.stringify(statements)).not.toMatch(/Delete|Bypass|Retention|Update|PutItem/);
  });

  it('writes what lies below that prefix', () => {
    const instant = '2026-03-01T03:17:00.000Z';
    for (const key of [manifestKey(instant), partKey(instant, 1)])
      expect(key.startsWith(anchorPrefix)).toBe(true);
  });

  it('runs every day, by a schedule that may do nothing but that', () => {
    const schedules = listResources<Record<string, unknown>>(stateless, 'AWS::Scheduler::Schedule');
    expect(
      schedules.filter(({ id }) => id.startsWith('AnchorHeads')).map(({ properties }) => properties),
    ).toMatchObject([
      {
        ScheduleExpression: 'cron(17 3 * * ? *)',
        State: 'ENABLED',
        Target: {
          Arn: 'AnchorHeadsHandlerLive',
          RoleArn: 'AnchorHeadsScheduleRole.Arn',
          DeadLetterConfig: { Arn: 'AnchorHeadsMissedRuns.Arn' },
          RetryPolicy: { MaximumEventAgeInSeconds: 21_600, MaximumRetryAttempts: 185 },
        },
      },
    ]);
    expect(findStatements('AnchorHeadsScheduleRole')).toEqual([
      { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: 'AnchorHeadsHandlerLive' },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'AnchorHeadsMissedRuns.Arn' },
    ]);
  });

  it('is tried again twice, and a run that fails all the same is told', () => {
    const settings = listResources<Record<string, unknown>>(stateless, 'AWS::Lambda::EventInvokeConfig');
    expect(
      settings.filter(({ id }) => id.startsWith('AnchorHeads')).map(({ properties }) => properties),
    ).toMatchObject([
      {
        FunctionName: 'AnchorHeadsHandlerFunction',
        MaximumRetryAttempts: 2,
        DestinationConfig: { OnFailure: { Destination: 'AnchorHeadsMissedRuns.Arn' } },
      },
    ]);
  });

  it('is missed where it has not run for 26 hours, also if nothing at all is heard of it', () => {
    const alarms = listResources<Record<string, unknown>>(stateless, 'AWS::CloudWatch::Alarm');
    const silence = alarms.find(({ properties }) => properties.MetricName === 'AnchorsWritten');
    expect(silence?.properties).toMatchObject({
      Namespace: 'Sluice-staging-Stateless',
      Dimensions: [{ Name: 'service', Value: 'anchor-heads' }],
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: 3_600,
      EvaluationPeriods: 26,
      TreatMissingData: 'breaching',
      AlarmDescription: expect.stringMatching(/^.{80,}\.$/s),
    });
  });

  it('is told to the command line with the bucket', () => {
    expect(listOutputs(stateful).AnchorsBucketName).toBe('Anchors');
    expect(listOutputs(stateful).AnchorRetentionDays).toBe('400');
    expect(listOutputs(stateless).AnchorHeadsFunctionName).toBe('AnchorHeadsHandlerFunction:live');
  });
});
