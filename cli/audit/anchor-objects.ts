import { anchorPrefix } from '../../shared/keys/index.ts';
import { isManifestKey } from '../../shared/ledger/index.ts';
import type { Connection } from '../stack/connect.ts';

/** A reader of the bucket of anchors. */
export interface AnchorObjects {
  /** Returns the keys of all manifests, the oldest first. */
  readonly manifestKeys: () => Promise<string[]>;
  /** @returns undefined if there is no such object */
  readonly read: (key: string) => Promise<string | undefined>;
}

/** The output with the name of the bucket. Stacks of older versions don't have it. */
const bucketOutput = 'AnchorsBucketName';

const isMissing = (error: unknown): boolean => error instanceof Error && error.name === 'NoSuchKey';

/** Returns a reader of the anchors of a stack, or undefined if the stack has none. */
export const openAnchorObjects = async (connection: Connection): Promise<AnchorObjects | undefined> => {
  const bucket = connection.outputs[bucketOutput];
  if (bucket === undefined) return undefined;
  const { GetObjectCommand, paginateListObjectsV2 } = await import('@aws-sdk/client-s3');
  const client = await connection.s3();
  return {
    manifestKeys: async () => {
      const keys: string[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2(
        { client },
        { Bucket: bucket, Prefix: anchorPrefix },
      )) {
        keys.push(...Contents.flatMap(({ Key }) => (Key !== undefined && isManifestKey(Key) ? [Key] : [])));
      }
      return keys.sort();
    },
    read: async (key) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return await Body?.transformToString();
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
  };
};
