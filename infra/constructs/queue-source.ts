import { type Duration, Names } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IEventSource, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { grantKey } from './key-grants.ts';

export interface QueueSourceProps {
  readonly batchSize: number;
  readonly maxBatchingWindow: Duration;
  readonly maxConcurrency: number;
}

/**
 * The actions that Lambda needs to process a queue:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
const actions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/**
 * A queue as the source of a function, with failures reported record by record. The CDK's own `SqsEventSource` would
 * grant more than Lambda needs: looking the queue up by name, and changing the visibility of messages.
 */
export class QueueSource implements IEventSource {
  readonly #queue: Queue;
  readonly #props: QueueSourceProps;

  constructor(queue: Queue, props: QueueSourceProps) {
    this.#queue = queue;
    this.#props = props;
  }

  bind(target: IFunction): void {
    const { queueArn, node, encryptionMasterKey } = this.#queue;
    // The id that the CDK's own source would give, so that a deployed mapping isn't replaced.
    target.addEventSourceMapping(`SqsEventSource:${Names.nodeUniqueId(node)}`, {
      ...this.#props,
      eventSourceArn: queueArn,
      reportBatchItemFailures: true,
    });
    Grant.addToPrincipal({ grantee: target, actions, resourceArns: [queueArn] });
    grantKey(encryptionMasterKey, target, 'receiving');
  }
}
