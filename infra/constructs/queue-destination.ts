import { Grant } from 'aws-cdk-lib/aws-iam';
import type { DestinationConfig, IDestination, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { grantKey } from './key-grants.ts';

/**
 * A queue that receives failed runs. The CDK's own `SqsDestination` would also grant reading the queue's attributes.
 */
export class QueueDestination implements IDestination {
  readonly #queue: IQueue;

  constructor(queue: IQueue) {
    this.#queue = queue;
  }

  bind(_scope: Construct, handler: IFunction): DestinationConfig {
    const { queueArn, encryptionMasterKey } = this.#queue;
    Grant.addToPrincipal({ grantee: handler, actions: ['sqs:SendMessage'], resourceArns: [queueArn] });
    grantKey(encryptionMasterKey, handler, 'sending');
    return { destination: queueArn };
  }
}
