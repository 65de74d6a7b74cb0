import type { ListObjectVersionsCommandOutput, S3Client } from '@aws-sdk/client-s3';

export interface ListedVersion {
  readonly key: string;
  readonly versionId: string;
  /** Whether it is a delete marker. */
  readonly isMarker: boolean;
}

const parsePage = ({ Versions = [], DeleteMarkers = [] }: ListObjectVersionsCommandOutput): ListedVersion[] =>
  [
    ...Versions.map((version) => ({ ...version, isMarker: false })),
    ...DeleteMarkers.map((marker) => ({ ...marker, isMarker: true })),
  ].map(({ Key = '', VersionId = '', isMarker }) => ({ key: Key, versionId: VersionId, isMarker }));

/**
 * Yields all versions and delete markers below a prefix. The versions of a key, without its delete markers, come the
 * newest first. The SDK has no paginator for this request, whose pages go on by two markers.
 */
export async function* listVersions(
  client: S3Client,
  bucket: string,
  prefix: string,
): AsyncGenerator<ListedVersion> {
  const { ListObjectVersionsCommand } = await import('@aws-sdk/client-s3');
  let page: ListObjectVersionsCommandOutput | undefined;
  do {
    const markers = { KeyMarker: page?.NextKeyMarker, VersionIdMarker: page?.NextVersionIdMarker };
    page = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...markers }));
    yield* parsePage(page);
  } while (page.IsTruncated);
}
