import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
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

  /** The time for which no anchor can be changed or deleted. Afterwards it is deleted. */
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
 * Creates the bucket in which heads of ledgers are written once: objects are versioned, and each is locked for its
 * time.
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
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason:
      'Written by one function only, locked and never public: what access logs would prove, the lock prevents. ' +
      'Accounts that audit reads turn on CloudTrail data events.',
  });
  return bucket;
};
