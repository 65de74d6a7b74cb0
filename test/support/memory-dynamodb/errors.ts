import {
  type CancellationReason,
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import type { Item } from '../../../shared/dynamodb/index.ts';

/** A behaviour of DynamoDB that this model doesn't have. The test must stop rather than go on as if it had it. */
export class NotModelledError extends Error {
  readonly code = 'NOT_MODELLED';
  constructor(what: string) {
    super(`the DynamoDB in memory does not model ${what}`);
    this.name = 'NotModelledError';
  }
}

/** Returns the error for a request that DynamoDB refuses as malformed. */
export const invalid = (message: string): DynamoDBServiceException =>
  new DynamoDBServiceException({ name: 'ValidationException', $fault: 'client', message, $metadata: {} });

export const conditionFailed = (item: Item | undefined): ConditionalCheckFailedException =>
  new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    $metadata: {},
    ...(item !== undefined && { Item: item }),
  });

export const cancelled = (reasons: CancellationReason[]): TransactionCanceledException =>
  new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    $metadata: {},
    CancellationReasons: reasons,
  });
