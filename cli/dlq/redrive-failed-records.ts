import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteObjectCommand, GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { bucketDepth, failedRecordsObjects } from './failed-record-objects.ts';
import type { FailedRecords } from './failure-sources.ts';
import type { RedriveProps, RedriveResult } from './redrive-result.ts';

export interface FailedRecordsClients {
  readonly s3: S3Client;
  readonly lambda: LambdaClient;
}

interface StreamBatch {
  readonly Records: readonly unknown[];
}

const isBatch = (value: unknown): value is StreamBatch =>
  typeof value === 'object' && value !== null && Array.isArray((value as StreamBatch).Records);

/**
 * Parses an object that Lambda wrote: JSON with the batch of stream records in `payload`, itself encoded as JSON.
 * Returns undefined if the text has no stream records.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
const parseBatch = (text: string): StreamBatch | undefined => {
  try {
    const { payload } = JSON.parse(text) as { payload?: unknown };
    const batch: unknown = typeof payload === 'string' ? JSON.parse(payload) : payload;
    return isBatch(batch) ? batch : undefined;
  } catch {
    return undefined;
  }
};

const countFailures = (answer: string): number | undefined => {
  try {
    const { batchItemFailures } = JSON.parse(answer) as { batchItemFailures?: unknown };
    return Array.isArray(batchItemFailures) ? batchItemFailures.length : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Invokes the function with a batch. Returns why the records were not published, or undefined if they were. The error
 * message of the function is left out, since it may quote the records.
 */
const invoke = async (
  lambda: LambdaClient,
  FunctionName: string,
  batch: StreamBatch,
): Promise<string | undefined> => {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(batch)) }),
  );
  if (FunctionError !== undefined) return `the function failed (${FunctionError})`;
  const failed = countFailures(Buffer.from(Payload ?? []).toString());
  if (failed === undefined) return 'the function returned no list of batch item failures';
  return failed === 0 ? undefined : `${failed} of its ${batch.Records.length} records failed again`;
};

/** Publishes the records of an object, then deletes it. Returns why the object was left, or undefined. */
const publish = async (
  { s3, lambda }: FailedRecordsClients,
  { bucket: Bucket, functionName }: FailedRecords,
  Key: string,
): Promise<string | undefined> => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const batch = parseBatch((await Body?.transformToString()) ?? '');
  if (batch === undefined) return 'it contains no stream records';
  const why = await invoke(lambda, functionName, batch);
  if (why === undefined) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  return why;
};

/** Publishes the records of each object again. Ids are deterministic, so consumers recognize duplicates. */
export const redriveFailedRecords = async (
  clients: FailedRecordsClients,
  failure: FailedRecords,
  { limit, note }: RedriveProps,
): Promise<RedriveResult> => {
  let moved = 0;
  let failed = 0;
  for await (const { key } of failedRecordsObjects(clients.s3, failure.bucket)) {
    if (moved + failed >= limit) break;
    const why = await publish(clients, failure, key);
    if (why === undefined) moved++;
    else {
      failed++;
      note(`${failure.name}: ${key} is left: ${why}`);
    }
  }
  const { waiting: left } = await bucketDepth(clients.s3, failure.bucket);
  return { moved, failed, left, cameBack: 0, underWay: 0 };
};
