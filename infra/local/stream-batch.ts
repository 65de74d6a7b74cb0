import { failedIdentifiers } from './batch-response.ts';
import type { InvocationResult } from './function-environment.ts';
import { createdAt, type StreamRecord, sequenceOf } from './stream-record.ts';

/** Lambda's payload limit, for records whose JSON is about twice the size that DynamoDB counts. */
const maxBatchBytes = 3 * 1_048_576;

export interface RetryPolicy {
  /** The number of retries; -1 means until a record is too old. */
  readonly maximumRetryAttempts: number;
  /** The age of the oldest record; -1 means that a record is never too old. */
  readonly maximumRecordAgeMs: number;
  readonly bisect: boolean;
  readonly reportsFailures: boolean;
}

export interface Batch {
  readonly records: readonly StreamRecord[];
  /** Failed invocations that count against the retry policy. */
  readonly failures: number;
}

export interface AfterInvocation {
  /** The batches to retry, in this order, before anything else of the lane. */
  readonly retry: readonly Batch[];
  /** The batch for the failure destination. */
  readonly abandoned?: Batch;
}

/** Returns the length of the next batch: at most `batchSize` records, and at most one payload. */
export const nextBatchLength = (buffer: readonly StreamRecord[], batchSize: number): number => {
  let bytes = 0;
  let length = 0;
  for (const record of buffer) {
    bytes += record.dynamodb.SizeBytes;
    if (length === batchSize || (bytes > maxBatchBytes && length > 0)) break;
    length += 1;
  }
  return length;
};

/** Returns the index of the first record that failed, with which the retry begins; undefined if all are processed. */
const checkpoint = (batch: Batch, result: InvocationResult, reportsFailures: boolean): number | undefined => {
  if (!result.ok) return 0;
  if (!reportsFailures) return undefined;
  const failed = failedIdentifiers(result.response, new Set(batch.records.map(sequenceOf)));
  if (failed === 'all') return 0;
  // The lowest sequence number counts, and records are sorted by it.
  const index = batch.records.findIndex((record) => failed.has(sequenceOf(record)));
  return index === -1 ? undefined : index;
};

/**
 * Decides about a batch after its invocation.
 *
 * With bisecting, a batch is cut at the checkpoint that the function reported. It is cut in half if the whole batch
 * failed, or if its first record did, since that cut would leave nothing. A cut doesn't count as a retry.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export const afterInvocation = (
  batch: Batch,
  result: InvocationResult,
  policy: RetryPolicy,
): AfterInvocation => {
  const from = checkpoint(batch, result, policy.reportsFailures);
  if (from === undefined) return { retry: [] };
  const { failures } = batch;
  const records = batch.records.slice(from);
  if (policy.bisect && from > 0) return { retry: [{ records, failures }] };
  if (policy.bisect && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    return {
      retry: [records.slice(0, middle), records.slice(middle)].map((half) => ({ records: half, failures })),
    };
  }
  const failed = { records, failures: failures + 1 };
  const { maximumRetryAttempts: most } = policy;
  return most >= 0 && failed.failures > most ? { retry: [], abandoned: failed } : { retry: [failed] };
};

/**
 * Splits off the records that are too old to be tried. They are the first ones.
 *
 * @param countedFrom an older record counts as of this instant
 */
export const splitExpired = (
  { records, failures }: Batch,
  maximumRecordAgeMs: number,
  now: number,
  countedFrom = 0,
): { readonly expired: Batch; readonly live: Batch } => {
  const isLive = (record: StreamRecord): boolean =>
    now - Math.max(createdAt(record), countedFrom) <= maximumRecordAgeMs;
  const first = maximumRecordAgeMs < 0 ? 0 : records.findIndex(isLive);
  const cut = first === -1 ? records.length : first;
  return {
    expired: { records: records.slice(0, cut), failures },
    live: { records: records.slice(cut), failures },
  };
};

const firstRetryMs = 50;
const longestRetryMs = 10_000;

/** Returns the delay before a retry. It doubles with each failure, up to `cap`. */
export const retryDelay = (failures: number, cap = longestRetryMs): number =>
  Math.min(cap, firstRetryMs * 2 ** Math.min(failures, 20));
