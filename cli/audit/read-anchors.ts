import { minuteMs } from '../../events/index.ts';
import {
  type Anchor,
  type AnchorManifest,
  type AnchorPart,
  type Finding,
  hashBody,
  isManifestKey,
  manifestKey,
  parseAnchorLine,
  parseManifest,
  runInstantOf,
} from '../../shared/ledger/index.ts';
import type { AnchorObjects } from './anchor-objects.ts';
import { listOldestVersions, type OldestVersions } from './oldest-versions.ts';

export interface AnchorsRead {
  /** The instants of the runs that have a manifest, in milliseconds since 1970, the oldest first. */
  readonly runs: readonly number[];
  readonly findings: readonly Finding[];
}

interface StoredManifest {
  readonly key: string;
  readonly body: string;
}

/** The most that the clock of a run may be ahead of this one, in milliseconds. */
const mostSkewMs = 5 * minuteMs;

const damaged = (sentence: string): Finding => ({ code: 'anchors-damaged', sentence });

/** Parses the manifest of a run. @returns undefined if it is none, or that of another run */
const parseOwnManifest = ({ key, body }: StoredManifest): AnchorManifest | undefined => {
  const manifest = parseManifest(body);
  const isOwn =
    manifest !== undefined && manifestKey(manifest.instant) === key && !Number.isNaN(runInstantOf(key));
  return isOwn ? manifest : undefined;
};

const readManifests = async (
  { read }: OldestVersions,
  keys: readonly string[],
): Promise<StoredManifest[]> => {
  const manifests: StoredManifest[] = [];
  for (const key of keys) {
    const body = await read(key);
    if (body !== undefined) manifests.push({ key, body });
  }
  return manifests;
};

const readPart = async (
  { read, isDue }: OldestVersions,
  { key, lines, sha256 }: AnchorPart,
  take: (anchors: readonly Anchor[]) => void,
): Promise<Finding[]> => {
  const body = await read(key);
  if (body === undefined) return isDue(key) ? [damaged(`${key} is gone, though its manifest names it`)] : [];
  if (hashBody(body) !== sha256) return [damaged(`${key} differs from the digest in its manifest`)];
  const anchors = body.split('\n').flatMap((line) => parseAnchorLine(line) ?? []);
  take(anchors);
  return anchors.length === lines ? [] : [damaged(`${key} has ${anchors.length} anchors, not ${lines}`)];
};

/**
 * Checks that the manifest that a manifest names is there and unchanged. It may be gone if its retention is over.
 *
 * @param before the manifest that was written before it, of those that are there
 */
const checkPrevious = (
  { isDue }: OldestVersions,
  { key, previous }: Pick<AnchorManifest, 'previous'> & { readonly key: string },
  before: StoredManifest | undefined,
  digests: ReadonlyMap<string, string>,
): Finding[] => {
  if (previous === undefined) {
    const isFirst = before === undefined || !isDue(before.key);
    return isFirst ? [] : [damaged(`${key} is marked as the first, but there are older ones`)];
  }
  if (previous.key >= key) return [damaged(`${previous.key} is not older than ${key}, which names it`)];
  const digest = digests.get(previous.key);
  if (digest === previous.sha256) return [];
  if (digest !== undefined) return [damaged(`${previous.key} was changed: ${key} was written after it`)];
  return isDue(previous.key) ? [damaged(`${previous.key} is gone: ${key} was written after it`)] : [];
};

/**
 * Reads the anchors of all runs, one part after the other, and checks that nobody changed, hid or removed them: each
 * manifest contains the digest of the one before it, and those of its parts.
 *
 * @param take receives the anchors of each part
 * @param now in milliseconds since 1970
 */
export const readAnchors = async (
  bucket: AnchorObjects,
  take: (anchors: readonly Anchor[]) => void,
  now: number,
): Promise<AnchorsRead> => {
  const versions = await listOldestVersions(bucket, now);
  const findings = [...versions.findings];
  const manifests = await readManifests(versions, versions.keys.filter(isManifestKey));
  const digests = new Map(manifests.map(({ key, body }) => [key, hashBody(body)]));
  const runs: number[] = [];
  for (const [i, stored] of manifests.entries()) {
    const { key } = stored;
    const manifest = parseOwnManifest(stored);
    if (manifest === undefined) {
      findings.push(damaged(`${key} is not a manifest of anchors`));
      continue;
    }
    if (runInstantOf(key) > now + mostSkewMs) {
      findings.push(damaged(`${key} is of a time to come: no run wrote it`));
      continue;
    }
    runs.push(runInstantOf(key));
    findings.push(...checkPrevious(versions, { ...manifest, key }, manifests[i - 1], digests));
    for (const part of manifest.parts) findings.push(...(await readPart(versions, part, take)));
  }
  return { runs, findings };
};
