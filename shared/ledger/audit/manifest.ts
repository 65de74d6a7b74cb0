import { hash } from 'node:crypto';
import { anchorPrefix } from '../../keys/index.ts';

export interface AnchorPart {
  readonly key: string;
  readonly lines: number;
  /** Of the whole part, in hex. */
  readonly sha256: string;
}

/** What one run wrote. It comes last, so that parts without one are of a run that ended half way. */
export interface AnchorManifest {
  /** When the heads were read, in UTC. */
  readonly instant: string;
  readonly leads: number;
  readonly parts: readonly AnchorPart[];
  /** The manifest before it: so whoever takes one away or puts another in its place breaks the chain. */
  readonly previous?: { readonly key: string; readonly sha256: string };
}

const manifestName = 'manifest.json';

export const manifestKey = (instant: string): string => `${anchorPrefix}${instant}/${manifestName}`;

export const isManifestKey = (key: string): boolean => key.endsWith(`/${manifestName}`);

/** @param number counted from 1 */
export const partKey = (instant: string, number: number): string =>
  `${anchorPrefix}${instant}/part-${String(number).padStart(4, '0')}.jsonl`;

export const digestOf = (body: string): string => hash('sha256', body, 'hex');

const isPart = (value: unknown): value is AnchorPart => {
  const { key, lines, sha256 } = (value ?? {}) as Partial<AnchorPart>;
  return typeof key === 'string' && Number.isSafeInteger(lines) && typeof sha256 === 'string';
};

/** @returns undefined for what is no manifest */
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
