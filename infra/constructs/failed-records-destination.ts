import { Grant } from 'aws-cdk-lib/aws-iam';
import type {
  DlqDestinationConfig,
  IEventSourceDlq,
  IEventSourceMapping,
  IFunction,
} from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { grantKey } from './key-grants.ts';

/** The keys that Lambda writes: `aws/lambda/<mapping>/<shard>/<date>/…`. */
const keys = 'aws/lambda/*';

/**
 * A bucket as the on-failure destination of a stream. A queue would get only the position in the stream, which is gone
 * after 24 hours; a bucket gets the records. The CDK's own `S3OnFailureDestination` would also grant reading and
 * deleting.
 */
export class FailedRecordsDestination implements IEventSourceDlq {
  readonly #bucket: Bucket;

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
  }

  bind(_mapping: IEventSourceMapping, handler: IFunction): DlqDestinationConfig {
    const { bucketArn } = this.#bucket;
    const allow = (action: string, arn: string) =>
      Grant.addToPrincipal({ grantee: handler, actions: [action], resourceArns: [arn] });
    allow('s3:ListBucket', bucketArn);
    allow('s3:PutObject', this.#bucket.arnForObjects(keys));
    grantKey(this.#bucket.encryptionKey, handler, 'writingObjects');
    return { destination: bucketArn };
  }
}
