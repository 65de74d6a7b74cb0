import { hash } from 'node:crypto';
import type { Item } from '../../dynamodb/index.ts';
import { inChainOrder } from './entry-position.ts';
import type { Finding } from './finding.ts';
import { hashIfReadable } from './hash-if-readable.ts';

/** The end of a lead's ledger at some time, as written to a bucket that refuses to write over it. */
export interface Anchor {
  /** A digest of the lead's id: the id itself, often an e-mail address, couldn't be taken back. */
  readonly lead: string;
  readonly version: number;
  /** The hash of the last entry of that version, in base64. */
  readonly head: string;
}

/** The bytes of a digest, enough for a billion leads to have different ones. */
const digestLength = 20;

/** Returns the digest by which anchors name a lead. Anyone who knows the id can compute it. */
export const anchorDigest = (leadId: string): string =>
  hash('sha256', `sluice anchor ${leadId}`, 'hex').slice(0, 2 * digestLength);

/** Returns an anchor as one line of a part, without its line break. */
export const anchorLine = ({ lead, version, head }: Anchor): string =>
  JSON.stringify({ lead, version, head });

const isAnchor = (value: unknown): value is Anchor => {
  const { lead, version, head } = (value ?? {}) as Partial<Anchor>;
  return typeof lead === 'string' && Number.isSafeInteger(version) && typeof head === 'string';
};

/** Parses a line of a part. @returns undefined if the line is no anchor */
export const parseAnchorLine = (line: string): Anchor | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return isAnchor(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Compares a ledger with its anchors. Anyone who can write the table can write a consistent chain with entries changed
 * or cut off, but can't make it fit the earlier anchors.
 */
export const checkAnchors = (entries: readonly Item[], anchors: readonly Anchor[]): Finding[] => {
  const inOrder = inChainOrder(entries);
  const lastVersion = inOrder.at(-1)?.version ?? 0;
  // Of each version, the last entry wins.
  const lastEntries = new Map(inOrder.map((entry) => [entry.version, entry]));
  return anchors.flatMap(({ version, head }): Finding[] => {
    if (version > lastVersion) {
      const sentence = `the ledger ends at version ${lastVersion}, but version ${version} was anchored: its end was cut off`;
      return [{ code: 'cut-tail', version: lastVersion + 1, ordinal: 0, sentence }];
    }
    const last = lastEntries.get(version);
    if (last !== undefined && hashIfReadable(last.item) === head) return [];
    const sentence = `at version ${version} another hash was anchored: entries up to here were rewritten`;
    const at = last && { ordinal: last.ordinal, sk: last.item.sk?.S ?? '' };
    return [{ code: 'rewritten', version, ...at, sentence }];
  });
};
