import type { S3Client } from '@aws-sdk/client-s3';
import { dayMs } from '../../events/index.ts';
import { anchorPrefix } from '../../shared/keys/index.ts';
import type { Connection } from '../stack/connect.ts';
import { listVersions } from './list-versions.ts';

/** An object of the bucket of anchors, by all of its versions. */
export interface AnchorObject {
  readonly key: string;
  /** The id of the version that was written first. Undefined if only delete markers are left. */
  readonly oldestVersion: string | undefined;
  /** Whether later versions lie over the first one. */
  readonly isShadowed: boolean;
  /** Whether the object has a delete marker. */
  readonly isHidden: boolean;
}

/** A reader of the bucket of anchors. */
export interface AnchorObjects {
  /** The time for which no object may be missing. */
  readonly retentionMs: number;
  /** Lists all objects by their keys, and so the oldest run first. */
  readonly list: () => Promise<readonly AnchorObject[]>;
  /** Reads the oldest version of an object. @returns undefined if there is none */
  readonly read: (object: AnchorObject) => Promise<string | undefined>;
}

/** The output with the name of the bucket. Stacks of older versions don't have it. */
const bucketOutput = 'AnchorsBucketName';

const isMissing = (error: unknown): boolean => error instanceof Error && error.name === 'NoSuchVersion';

const listObjects = async (client: S3Client, bucket: string): Promise<AnchorObject[]> => {
  const versions = await Array.fromAsync(listVersions(client, bucket, anchorPrefix));
  return [...Map.groupBy(versions, ({ key }) => key)].map(([key, all]): AnchorObject => {
    const written = all.filter(({ isMarker }) => !isMarker);
    return {
      key,
      oldestVersion: written.at(-1)?.versionId,
      isShadowed: written.length > 1,
      isHidden: written.length < all.length,
    };
  });
};

/**
 * Returns a reader of the anchors of a stack, or undefined if the stack has none. It reads the oldest version of each
 * object: anchors are written once, so a later version or a delete marker isn't of Sluice.
 *
 * @throws CliError `OUTPUT_MISSING` if the retention is unknown
 */
export const openAnchorObjects = async (connection: Connection): Promise<AnchorObjects | undefined> => {
  const Bucket = connection.outputs[bucketOutput];
  if (Bucket === undefined) return undefined;
  const retentionMs = Number(connection.output('AnchorRetentionDays')) * dayMs;
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const client = await connection.s3();
  return {
    retentionMs,
    list: () => listObjects(client, Bucket),
    read: async ({ key, oldestVersion }) => {
      if (oldestVersion === undefined) return undefined;
      try {
        const request = new GetObjectCommand({ Bucket, Key: key, VersionId: oldestVersion });
        return await (await client.send(request)).Body?.transformToString();
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
  };
};
