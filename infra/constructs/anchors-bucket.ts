import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { AnchorLock } from '../environments.ts';
import { bucketEncryption } from './bucket-encryption.ts';

export interface AnchorsBucketProps {
  /** None, where the bucket is to be thrown away with its stack: what is locked can't be. */
  readonly lock: AnchorLock | undefined;

  /** How long no anchor can be changed or deleted. Afterwards it is deleted. */
  readonly retention: Duration;

  /**
   * The key that encrypts objects.
   *
   * @default - one of S3
   */
  readonly key?: IKey | undefined;
  readonly removalPolicy: RemovalPolicy;
}

const lockOf = (lock: AnchorLock, retention: Duration): ObjectLockRetention =>
  lock === 'compliance'
    ? ObjectLockRetention.compliance(retention)
    : ObjectLockRetention.governance(retention);

/** Where heads of ledgers are written once: objects are versions, and each is locked for its time. */
export const anchorsBucket = (scope: Construct, id: string, props: AnchorsBucketProps): Bucket => {
  const { lock, retention, removalPolicy } = props;
  const bucket = new Bucket(scope, id, {
    ...bucketEncryption(props.key),
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    versioned: true,
    objectLockEnabled: true,
    ...(lock !== undefined && { objectLockDefaultRetention: lockOf(lock, retention) }),
    // They tell nothing of a lead but a digest of its id, and even that isn't kept without an end.
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
