import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { anchorPrefix } from '../../shared/keys/index.ts';
import { isManifestKey } from '../../shared/ledger/index.ts';

/** Stores anchors in objects that are written once. */
export interface AnchorStore {
  /**
   * Writes an object. Succeeds too if the object is there already with the same content: an earlier attempt wrote it,
   * and its answer was lost.
   *
   * @throws AnchorTakenError if the key holds something else
   */
  put(key: string, body: string): Promise<void>;
  /** Returns the manifest that was written last, if there is one. */
  latestManifest(): Promise<{ readonly key: string; readonly body: string } | undefined>;
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
  const latestKey = async (): Promise<string | undefined> => {
    let latest: string | undefined;
    const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: anchorPrefix });
    // Keys begin with the instant, and are listed in that order.
    for await (const { Contents = [] } of pages)
      for (const { Key } of Contents) if (Key !== undefined && isManifestKey(Key)) latest = Key;
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
    async latestManifest() {
      const key = await latestKey();
      return key === undefined ? undefined : { key, body: await read(key) };
    },
  };
};
