import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BucketEncryption, type BucketProps } from 'aws-cdk-lib/aws-s3';

/** By a key of the account, asked for once a bucket and not once an object, or else by S3's own. */
export const bucketEncryption = (key: IKey | undefined): BucketProps =>
  key === undefined
    ? { encryption: BucketEncryption.S3_MANAGED }
    : { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true };
