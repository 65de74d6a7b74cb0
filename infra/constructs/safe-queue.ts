import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** Creates a queue that is encrypted, by a key of the account or by SQS's own, and refuses plain HTTP. */
export const safeQueue = (scope: Construct, id: string, key: IKey | undefined, props: QueueProps): Queue =>
  new Queue(scope, id, {
    ...(key === undefined
      ? { encryption: QueueEncryption.SQS_MANAGED }
      : { encryption: QueueEncryption.KMS, encryptionMasterKey: key }),
    enforceSSL: true,
    ...props,
  });
