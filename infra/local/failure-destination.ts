import { randomUUID } from 'node:crypto';
import type { Bucket } from './bucket.ts';
import type { Queue } from './queue.ts';
import type { StreamRecord } from './stream-record.ts';

interface Failure {
  /** The message that `failureMessage` returns. */
  readonly message: object;
  readonly shardId: string;
  readonly records: readonly StreamRecord[];
}

/** Stores the records that a stream mapping gives up. */
export type FailureDestination = (failure: Failure, now: number) => void;

export const toQueue =
  (queue: Queue): FailureDestination =>
  ({ message }, now) =>
    void queue.send(JSON.stringify(message), now);

/**
 * Stores failed records in a bucket, with key and content as in
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export const toBucket =
  (bucket: Bucket, mappingId: string): FailureDestination =>
  ({ message, shardId, records }, now) => {
    const mapping = mappingId.replaceAll(/[^\w-]/g, '-');
    const at = new Date(now).toISOString();
    const day = at.slice(0, 10).replaceAll('-', '/');
    const instant = at.slice(0, 19).replaceAll(':', '.');
    const payload = JSON.stringify({ Records: records });
    bucket.put(
      `aws/lambda/${mapping}/${shardId}/${day}/${instant}-${randomUUID()}`,
      JSON.stringify({ ...message, payload }),
      now,
    );
  };
