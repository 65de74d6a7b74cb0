import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { anchorPrefix } from '../../shared/keys/index.ts';
import { isManifestKey } from '../../shared/ledger/index.ts';

/** Stores anchors in objects that are written once. */
export interface AnchorStore {
  /** Writes an object. Fails if it exists already. */
  put(key: string, body: string): Promise<void>;
  /** Returns the manifest that was written last, if there is one. */
  latestManifest(): Promise<{ readonly key: string; readonly body: string } | undefined>;
}

export const createS3Store = (client: S3Client, bucket: string): AnchorStore => {
  const latestKey = async (): Promise<string | undefined> => {
    let latest: string | undefined;
    const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: anchorPrefix });
    // Keys begin with the instant, and are listed in that order.
    for await (const { Contents = [] } of pages)
      for (const { Key } of Contents) if (Key !== undefined && isManifestKey(Key)) latest = Key;
    return latest;
  };

  return {
    async put(key, body) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, IfNoneMatch: '*' }));
    },
    async latestManifest() {
      const key = await latestKey();
      if (key === undefined) return undefined;
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return { key, body: (await Body?.transformToString()) ?? '' };
    },
  };
};
