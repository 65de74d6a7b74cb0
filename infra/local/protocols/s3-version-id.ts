import type { Bucket, ObjectVersion } from '../bucket.ts';

/** Returns the id of a version, as S3 gives it: the only version of an object is `null` if its bucket has no versions. */
export const versionIdOf = ({ props }: Bucket, { number }: ObjectVersion): string =>
  props.versioned ? `v${number}` : 'null';

/** Returns the version of an id. */
export const findVersion = (bucket: Bucket, key: string, id: string): ObjectVersion | undefined =>
  bucket.versions(key).find((version) => versionIdOf(bucket, version) === id);
