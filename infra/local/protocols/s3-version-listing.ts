import type { Bucket, ObjectVersion } from '../bucket.ts';
import type { Answer } from './protocol.ts';
import { isBehind, keyWriter, listingAnswer, parseMaxKeys } from './s3-listing.ts';
import { versionIdOf } from './s3-version-id.ts';
import type { XmlElement } from './xml.ts';

interface Listed {
  readonly key: string;
  readonly version: ObjectVersion;
  readonly isLatest: boolean;
}

/** Returns all versions below a prefix: by key, and those of a key with the newest first, as S3 does. */
const listVersions = (bucket: Bucket, prefix: string): Listed[] =>
  bucket
    .versionedKeys()
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) =>
      bucket
        .versions(key)
        .toReversed()
        .map((version, i) => ({ key, version, isLatest: i === 0 })),
    );

/** Returns the versions behind the one that the markers of a request name, or behind all of a key. */
const listBehind = (listed: readonly Listed[], bucket: Bucket, query: URLSearchParams): readonly Listed[] => {
  const key = query.get('key-marker') ?? '';
  const id = query.get('version-id-marker');
  const at = listed.findIndex((each) => each.key === key && versionIdOf(bucket, each.version) === id);
  return at < 0 ? listed.filter((each) => isBehind(each.key, key)) : listed.slice(at + 1);
};

const element = (bucket: Bucket, { version, isLatest }: Listed, written: string): XmlElement => {
  const common: XmlElement[] = [
    ['Key', written],
    ['VersionId', versionIdOf(bucket, version)],
    ['IsLatest', isLatest],
    ['LastModified', new Date(version.modifiedAt).toISOString()],
  ];
  if (version.body === undefined) return ['DeleteMarker', common];
  return [
    'Version',
    [...common, ['ETag', version.etag], ['Size', version.body.length], ['StorageClass', 'STANDARD']],
  ];
};

/** Answers ListObjectVersions, without delimiters. */
export const versionListing = (bucket: Bucket, query: URLSearchParams): Answer => {
  const prefix = query.get('prefix') ?? '';
  const behind = listBehind(listVersions(bucket, prefix), bucket, query);
  const page = behind.slice(0, parseMaxKeys(query));
  const last = page.at(-1);
  const isTruncated = last !== undefined && page.length < behind.length;
  const write = keyWriter(query);
  return listingAnswer([
    'ListVersionsResult',
    [
      ['Name', bucket.props.name],
      ['Prefix', write(prefix)],
      ['KeyMarker', write(query.get('key-marker') ?? '')],
      ['VersionIdMarker', query.get('version-id-marker') ?? ''],
      ['MaxKeys', parseMaxKeys(query)],
      ['EncodingType', query.get('encoding-type') ?? undefined],
      ['IsTruncated', isTruncated],
      ['NextKeyMarker', isTruncated ? write(last.key) : undefined],
      ['NextVersionIdMarker', isTruncated ? versionIdOf(bucket, last.version) : undefined],
      ...page.map((listed) => element(bucket, listed, write(listed.key))),
    ],
  ]);
};
