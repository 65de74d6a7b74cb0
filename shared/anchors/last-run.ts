import { dayMs, minuteMs } from '../../events/index.ts';
import { anchorPrefix } from '../keys/index.ts';
import {
  type AnchorManifest,
  hashBody,
  isManifestKey,
  manifestKey,
  parseManifest,
  runInstantOf,
} from '../ledger/index.ts';
import type { BucketReader } from './bucket-reader.ts';

/** The last run of anchors that has a manifest. */
export interface LastRun {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Undefined if what is stored is no manifest of this run. */
  readonly manifest: AnchorManifest | undefined;
}

/** The time in which the last run is looked for first: there is one every day. */
const usualMs = 7 * dayMs;

/** The most that the clock of a run may be ahead of this one, in milliseconds. */
const mostSkewMs = 5 * minuteMs;

/** The most pages of keys that are listed, each of up to 1,000. */
const mostPages = 50;

/** Returns the key of the last manifest behind a key, and until now. A later one is forged. */
const findKey = async (bucket: BucketReader, from: string, now: number): Promise<string | undefined> => {
  let found: string | undefined;
  let after = from;
  for (let page = 0; page < mostPages; page++) {
    const keys = await bucket.list(anchorPrefix, after);
    found = keys.findLast((key) => isManifestKey(key) && runInstantOf(key) <= now + mostSkewMs) ?? found;
    const last = keys.at(-1);
    if (last === undefined) return found;
    after = last;
  }
  return found;
};

/** Finds the last run that has a manifest; undefined if there is none. @param now milliseconds since 1970 */
export const findLastRun = async (bucket: BucketReader, now: number): Promise<LastRun | undefined> => {
  const lately = `${anchorPrefix}${new Date(now - usualMs).toISOString()}`;
  const key = (await findKey(bucket, lately, now)) ?? (await findKey(bucket, anchorPrefix, now));
  const body = key === undefined ? undefined : await bucket.read(key);
  if (key === undefined || body === undefined) return undefined;
  const manifest = parseManifest(body);
  const isOwn = manifest !== undefined && manifestKey(manifest.instant) === key;
  return { key, at: runInstantOf(key), manifest: isOwn ? manifest : undefined };
};

/** The verification of a run. */
interface RunVerification {
  readonly manifests: number;
  readonly parts: number;
  /** Sentences about what is wrong. */
  readonly problems: readonly string[];
}

/** The most parts that are read to verify a run, each of some 5 MB. */
const mostParts = 4;

const verifyPrevious = async (
  bucket: BucketReader,
  previous: AnchorManifest['previous'],
): Promise<{ readonly read: number; readonly problems: readonly string[] }> => {
  if (previous === undefined) return { read: 0, problems: [] };
  const body = await bucket.read(previous.key);
  // Its retention may be over.
  if (body === undefined) return { read: 0, problems: [] };
  const isSame = hashBody(body) === previous.sha256;
  return { read: 1, problems: isSame ? [] : [`${previous.key} was changed since`] };
};

/** Verifies that a run is as it was written: its manifest, the one before it, and its first parts. */
export const verifyRun = async (bucket: BucketReader, run: LastRun): Promise<RunVerification> => {
  const { key, manifest } = run;
  if (manifest === undefined)
    return { manifests: 1, parts: 0, problems: [`${key} is not a manifest of anchors`] };
  const previous = await verifyPrevious(bucket, manifest.previous);
  const problems = [...previous.problems];
  const parts = manifest.parts.slice(0, mostParts);
  for (const part of parts) {
    const body = await bucket.read(part.key);
    if (body === undefined) problems.push(`${part.key} is gone, though its manifest names it`);
    else if (hashBody(body) !== part.sha256)
      problems.push(`${part.key} differs from the digest in its manifest`);
  }
  return { manifests: 1 + previous.read, parts: parts.length, problems };
};
