import { hash } from 'node:crypto';
import { anchorPrefix } from '../../keys/index.ts';

export interface AnchorPart {
  readonly key: string;
  readonly lines: number;
  /** The digest of the whole part, in hex. */
  readonly sha256: string;
}

/**
 * The list of the objects that one run wrote. It is written last: parts without a manifest are from a run that ended
 * half way.
 */
export interface AnchorManifest {
  /** The instant at which the heads were read, in UTC. */
  readonly instant: string;
  readonly leads: number;
  readonly parts: readonly AnchorPart[];
  /** The manifest before it. Removing or replacing a manifest therefore breaks the chain of manifests. */
  readonly previous?: { readonly key: string; readonly sha256: string };
}

const manifestName = 'manifest.json';

export const manifestKey = (instant: string): string => `${anchorPrefix}${instant}/${manifestName}`;

/**
 * Returns the instant of the run that an object belongs to, in milliseconds since 1970. Returns NaN for an object that
 * no run writes.
 */
export const runInstantOf = (key: string): number =>
  key.startsWith(anchorPrefix) ? Date.parse(key.slice(anchorPrefix.length).split('/')[0] ?? '') : Number.NaN;

export const isManifestKey = (key: string): boolean => key.endsWith(`/${manifestName}`);

/** Returns the key of a part. @param number counted from 1 */
export const partKey = (instant: string, number: number): string =>
  `${anchorPrefix}${instant}/part-${String(number).padStart(4, '0')}.jsonl`;

export const hashBody = (body: string): string => hash('sha256', body, 'hex');

const isPart = (value: unknown): value is AnchorPart => {
  const { key, lines, sha256 } = (value ?? {}) as Partial<AnchorPart>;
  return typeof key === 'string' && Number.isSafeInteger(lines) && typeof sha256 === 'string';
};

/** Parses a manifest. @returns undefined if the text is no manifest */
export const parseManifest = (body: string): AnchorManifest | undefined => {
  try {
    const value = JSON.parse(body) as AnchorManifest | null;
    const isManifest =
      typeof value?.instant === 'string' &&
      Number.isSafeInteger(value.leads) &&
      Array.isArray(value.parts) &&
      value.parts.every(isPart);
    return isManifest ? value : undefined;
  } catch {
    return undefined;
  }
};
