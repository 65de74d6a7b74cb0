import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import type { Depth } from './queue-depth.ts';

export interface FailedRecordsObject {
  readonly key: string;
  /** The time of the last change, in milliseconds since 1970; NaN if S3 doesn't report it. */
  readonly at: number;
}

/** Yields the objects of a bucket, in the order of their keys. */
export async function* failedRecordsObjects(
  client: S3Client,
  Bucket: string,
): AsyncGenerator<FailedRecordsObject> {
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
    for (const { Key, LastModified } of Contents)
      if (Key !== undefined) yield { key: Key, at: LastModified?.getTime() ?? Number.NaN };
  }
}

export const bucketDepth = async (client: S3Client, bucket: string): Promise<Depth> => {
  let waiting = 0;
  let oldestAt = Number.POSITIVE_INFINITY;
  for await (const { at } of failedRecordsObjects(client, bucket)) {
    waiting++;
    if (at < oldestAt) oldestAt = at;
  }
  return { waiting, inFlight: 0, ...(Number.isFinite(oldestAt) && { oldestAt }) };
};
