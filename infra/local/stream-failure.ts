import { randomUUID } from 'node:crypto';
import type { InvocationResult } from './function-environment.ts';
import type { Batch } from './stream-batch.ts';
import { createdAt, type StreamRecord, sequenceOf } from './stream-record.ts';

export type FailureCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

export interface FailureContext {
  readonly functionArn: string;
  readonly streamArn: string;
  readonly shardId: string;
}

/**
 * Returns the message that Lambda sends when it gives up a batch. It locates the records in the stream; a bucket gets
 * them too, as `payload`, while a queue doesn't.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export const failureMessage = (
  { records, failures }: Batch,
  condition: FailureCondition,
  result: InvocationResult | undefined,
  { functionArn, streamArn, shardId }: FailureContext,
  now: number,
): object => {
  const [first, last] = [records[0], records.at(-1)] as [StreamRecord, StreamRecord];
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: `${functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: failures,
    },
    ...(result !== undefined && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        functionError: result.ok ? null : 'Unhandled',
      },
    }),
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: sequenceOf(first),
      endSequenceNumber: sequenceOf(last),
      approximateArrivalOfFirstRecord: new Date(createdAt(first)).toISOString(),
      approximateArrivalOfLastRecord: new Date(createdAt(last)).toISOString(),
      batchSize: records.length,
      streamArn,
    },
  };
};
