import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BucketEncryption, type BucketProps } from 'aws-cdk-lib/aws-s3';

/**
 * Returns the encryption of a bucket: a key of the account, requested once per bucket and not once per object, or S3's
 * own.
 */
export const bucketEncryption = (key: IKey | undefined): BucketProps =>
  key === undefined
    ? { encryption: BucketEncryption.S3_MANAGED }
    : { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true };
