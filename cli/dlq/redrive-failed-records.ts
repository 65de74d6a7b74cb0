import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteObjectCommand, GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { bucketDepth, failedRecordsObjects } from './failed-record-objects.ts';
import type { FailedRecords } from './failure-sources.ts';
import type { Redriven, RedriveProps } from './redriven.ts';

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
 * The stream records of an object that Lambda wrote: JSON with the batch, as JSON again, in `payload`.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
const batchIn = (text: string): StreamBatch | undefined => {
  try {
    const { payload } = JSON.parse(text) as { payload?: unknown };
    const batch: unknown = typeof payload === 'string' ? JSON.parse(payload) : payload;
    return isBatch(batch) ? batch : undefined;
  } catch {
    return undefined;
  }
};

const failuresIn = (answer: string): number | undefined => {
  try {
    const { batchItemFailures } = JSON.parse(answer) as { batchItemFailures?: unknown };
    return Array.isArray(batchItemFailures) ? batchItemFailures.length : undefined;
  } catch {
    return undefined;
  }
};

/** Why the records were not published; nothing where they were. The answer's message may quote them, so it isn't told. */
const invoke = async (
  lambda: LambdaClient,
  FunctionName: string,
  batch: StreamBatch,
): Promise<string | undefined> => {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(batch)) }),
  );
  if (FunctionError !== undefined) return `the function failed (${FunctionError})`;
  const failed = failuresIn(Buffer.from(Payload ?? []).toString());
  if (failed === undefined) return 'the function gave no answer that a stream would understand';
  return failed === 0 ? undefined : `${failed} of its ${batch.Records.length} records failed again`;
};

/** Publishes an object's records, and then deletes it. Why it was left, or nothing. */
const publish = async (
  { s3, lambda }: FailedRecordsClients,
  { bucket: Bucket, functionName }: FailedRecords,
  Key: string,
): Promise<string | undefined> => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const batch = batchIn((await Body?.transformToString()) ?? '');
  if (batch === undefined) return 'it holds no stream records';
  const why = await invoke(lambda, functionName, batch);
  if (why === undefined) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  return why;
};

/** Has the records of each object published again. Ids are deterministic: consumers drop what they have had. */
export const redriveFailedRecords = async (
  clients: FailedRecordsClients,
  failure: FailedRecords,
  { limit, note }: RedriveProps,
): Promise<Redriven> => {
  let moved = 0;
  let failed = 0;
  for await (const { key } of failedRecordsObjects(clients.s3, failure.bucket)) {
    if (moved + failed >= limit) break;
    const why = await publish(clients, failure, key);
    if (why === undefined) moved++;
    else {
      failed++;
      note(`${failure.name}: ${key} stays: ${why}`);
    }
  }
  const { waiting: left } = await bucketDepth(clients.s3, failure.bucket);
  return { moved, failed, left, cameBack: 0, underWay: 0 };
};
