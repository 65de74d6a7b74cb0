import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { anchorPrefix } from '../../shared/keys/index.ts';
import { isManifestKey, runInstantOf } from '../../shared/ledger/index.ts';

/** Stores anchors in objects that are written once. */
export interface AnchorStore {
  /**
   * Writes an object. Succeeds too if the object is there already with the same content: an earlier attempt wrote it,
   * and its answer was lost.
   *
   * @throws AnchorTakenError if the key holds something else
   */
  put(key: string, body: string): Promise<void>;
  /**
   * Returns the latest manifest of a run until now, if there is one. A later one is forged: if it counted, no run would
   * name the one before it any more.
   *
   * @param now in milliseconds since 1970
   */
  latestManifest(now: number): Promise<{ readonly key: string; readonly body: string } | undefined>;
}

/** The key of an anchor is taken by something else, which nobody but this function should write. */
export class AnchorTakenError extends Error {
  readonly code = 'ANCHOR_TAKEN';
  constructor(key: string, cause: unknown) {
    super(`${key} exists with another content; allowed is a key that nobody has written`, { cause });
    this.name = 'AnchorTakenError';
  }
}

const isTaken = (error: unknown): boolean => error instanceof Error && error.name === 'PreconditionFailed';

export const createS3Store = (client: S3Client, bucket: string): AnchorStore => {
  const latestKey = async (now: number): Promise<string | undefined> => {
    let latest: string | undefined;
    const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: anchorPrefix });
    // Keys begin with the instant, and are listed in that order.
    for await (const { Contents = [] } of pages)
      for (const { Key = '' } of Contents) if (isManifestKey(Key) && runInstantOf(Key) <= now) latest = Key;
    return latest;
  };

  const read = async (key: string): Promise<string> => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToString()) ?? '';
  };

  return {
    async put(key, body) {
      try {
        // The policy of the bucket denies writes without this condition.
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, IfNoneMatch: '*' }));
      } catch (error) {
        if (!isTaken(error)) throw error;
        if ((await read(key)) !== body) throw new AnchorTakenError(key, error);
      }
    },
    async latestManifest(now) {
      const key = await latestKey(now);
      return key === undefined ? undefined : { key, body: await read(key) };
    },
  };
};
