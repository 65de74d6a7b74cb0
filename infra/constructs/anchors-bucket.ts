import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { AnchorLock } from '../environments.ts';
import { bucketEncryption } from './bucket-encryption.ts';

export interface AnchorsBucketProps {
  /**
   * The lock of objects. Undefined if the bucket is to be removed with its stack, since locked objects can't be
   * deleted.
   */
  readonly lock: AnchorLock | undefined;

  /** The time for which no locked anchor can be changed or deleted. Afterwards it is deleted. */
  readonly retention: Duration;

  /**
   * The key that encrypts objects.
   *
   * @default - a key of S3
   */
  readonly key?: IKey | undefined;
  readonly removalPolicy: RemovalPolicy;
}

const buildLock = (lock: AnchorLock, retention: Duration): ObjectLockRetention =>
  lock === 'compliance'
    ? ObjectLockRetention.compliance(retention)
    : ObjectLockRetention.governance(retention);

/**
 * Denies writes that don't ask S3 to refuse a key that is in use. Such a write would add a version that hides the
 * anchor, which no lock prevents. Parts of uploads and copies can't ask for it, so they are denied too. Source:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 */
const denyOverwriting = (bucket: Bucket): PolicyStatement =>
  new PolicyStatement({
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['s3:PutObject'],
    resources: [bucket.arnForObjects('*')],
    conditions: { Null: { 's3:if-none-match': 'true' } },
  });

/**
 * The actions that remove or hide a locked anchor, or shorten its lock. A lock alone doesn't stop delete markers and
 * replicas, and governance mode stops nobody with the right to bypass it. The lifecycle of the bucket isn't subject to
 * its policy.
 */
const tampering = [
  's3:BypassGovernanceRetention',
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:PutObjectLegalHold',
  's3:PutObjectRetention',
  's3:ReplicateDelete',
  's3:ReplicateObject',
];

const denyTampering = (bucket: Bucket): PolicyStatement =>
  new PolicyStatement({
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: tampering,
    resources: [bucket.arnForObjects('*')],
  });

/**
 * Creates the bucket in which heads of ledgers are written once: objects are versioned, none can be written over, and
 * each is locked for its time. What is locked can't be hidden by a delete marker either.
 */
export const anchorsBucket = (scope: Construct, id: string, props: AnchorsBucketProps): Bucket => {
  const { lock, retention, removalPolicy } = props;
  const bucket = new Bucket(scope, id, {
    ...bucketEncryption(props.key),
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    versioned: true,
    objectLockEnabled: true,
    ...(lock !== undefined && { objectLockDefaultRetention: buildLock(lock, retention) }),
    // They hold only a digest of each lead's id, and even that is deleted in the end.
    lifecycleRules: [{ expiration: retention, noncurrentVersionExpiration: Duration.days(1) }],
    removalPolicy,
  });
  bucket.addToResourcePolicy(denyOverwriting(bucket));
  // A bucket that is to be removed with its stack has to be emptied before.
  if (lock !== undefined) bucket.addToResourcePolicy(denyTampering(bucket));
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason:
      'Written by one function only, locked and never public: what access logs would prove, the lock prevents. ' +
      'Accounts that audit reads turn on CloudTrail data events.',
  });
  return bucket;
};
