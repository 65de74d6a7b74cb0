import {
  type Anchor,
  type AnchorManifest,
  type AnchorPart,
  type Finding,
  hashBody,
  parseAnchorLine,
  parseManifest,
} from '../../shared/ledger/index.ts';
import type { AnchorObjects } from './anchor-objects.ts';

export interface AnchorsRead {
  /** The number of manifests: each run writes one. */
  readonly runs: number;
  readonly findings: readonly Finding[];
}

const damaged = (sentence: string): Finding => ({ code: 'anchors-damaged', sentence });

const readPart = async (
  objects: AnchorObjects,
  { key, lines, sha256 }: AnchorPart,
  take: (anchors: readonly Anchor[]) => void,
): Promise<Finding[]> => {
  const body = await objects.read(key);
  if (body === undefined) return [damaged(`${key} is gone, though its manifest names it`)];
  if (hashBody(body) !== sha256) return [damaged(`${key} differs from the digest in its manifest`)];
  const anchors = body.split('\n').flatMap((line) => parseAnchorLine(line) ?? []);
  take(anchors);
  return anchors.length === lines ? [] : [damaged(`${key} has ${anchors.length} anchors, not ${lines}`)];
};

/**
 * Checks a manifest against the one before it. Not called for the oldest manifest, since the one before it may have
 * been deleted at the end of its retention.
 */
const checkPrevious = (
  key: string,
  { previous }: AnchorManifest,
  digests: ReadonlyMap<string, string>,
): Finding[] => {
  if (previous === undefined) return [damaged(`${key} is marked as the first, but there are older ones`)];
  const digest = digests.get(previous.key);
  if (digest === previous.sha256) return [];
  const what = digest === undefined ? 'is gone' : 'was changed';
  return [damaged(`${previous.key} ${what}: ${key} was written after it`)];
};

/**
 * Reads all anchors, one part after the other, and checks that nobody changed them: each manifest contains the digest
 * of the one before it, and those of its parts.
 *
 * @param take receives the anchors of each part
 */
export const readAnchors = async (
  objects: AnchorObjects,
  take: (anchors: readonly Anchor[]) => void,
): Promise<AnchorsRead> => {
  const digests = new Map<string, string>();
  const findings: Finding[] = [];
  const keys = await objects.manifestKeys();
  for (const key of keys) {
    const body = (await objects.read(key)) ?? '';
    const manifest = parseManifest(body);
    if (manifest === undefined) {
      findings.push(damaged(`${key} is not a manifest of anchors`));
      continue;
    }
    if (digests.size > 0) findings.push(...checkPrevious(key, manifest, digests));
    digests.set(key, hashBody(body));
    for (const part of manifest.parts) findings.push(...(await readPart(objects, part, take)));
  }
  return { runs: keys.length, findings };
};
