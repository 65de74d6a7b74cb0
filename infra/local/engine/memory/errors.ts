import {
  type CancellationReason,
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  IdempotentParameterMismatchException,
  ResourceInUseException,
  ResourceNotFoundException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import type { Item } from '../../../../shared/dynamodb/index.ts';

/** A behaviour of DynamoDB that this model doesn't have. It is refused, rather than answered as if the model had it. */
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

export const notFound = (what: string): ResourceNotFoundException =>
  new ResourceNotFoundException({ message: `Requested resource not found: ${what}`, $metadata: {} });

export const inUse = (what: string): ResourceInUseException =>
  new ResourceInUseException({ message: `${what} already exists`, $metadata: {} });

export const mismatch = (token: string): IdempotentParameterMismatchException =>
  new IdempotentParameterMismatchException({
    Message: `the token ${token} belongs to another request`,
    message: `the token ${token} belongs to another request`,
    $metadata: {},
  });

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
