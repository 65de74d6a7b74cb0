import { hash } from 'node:crypto';
import type { Item } from '../../dynamodb/index.ts';
import type { Finding } from './finding.ts';
import { hashIfReadable } from './hash-if-readable.ts';
import { placeIn } from './place.ts';

/** Where a lead's ledger ended at some time, as it was written to where nothing can be changed. */
export interface Anchor {
  /** A digest of the lead's id: the id itself, often an e-mail address, couldn't be taken back. */
  readonly lead: string;
  readonly version: number;
  /** Hash of the last entry of that version, in base64. */
  readonly head: string;
}

/** Bytes of the digest that are kept: enough for a billion leads to have different ones. */
const digestLength = 20;

/** A lead in anchors: who knows the id can work it out again. */
export const anchorDigest = (leadId: string): string =>
  hash('sha256', `sluice anchor ${leadId}`, 'hex').slice(0, 2 * digestLength);

/** One line of a part, without its end. */
export const anchorLine = ({ lead, version, head }: Anchor): string =>
  JSON.stringify({ lead, version, head });

const isAnchor = (value: unknown): value is Anchor => {
  const { lead, version, head } = (value ?? {}) as Partial<Anchor>;
  return typeof lead === 'string' && Number.isSafeInteger(version) && typeof head === 'string';
};

/** @returns undefined for a line that is no anchor */
export const parseAnchorLine = (line: string): Anchor | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return isAnchor(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** The last entry of each version that is asked for. */
const lastEntries = (entries: readonly Item[], versions: ReadonlySet<number>): Map<number, Item> => {
  const found = new Map<number, { item: Item; ordinal: number }>();
  for (const item of entries) {
    const place = placeIn(item);
    if (place === undefined || !versions.has(place.version)) continue;
    if (place.ordinal >= (found.get(place.version)?.ordinal ?? 0))
      found.set(place.version, { item, ordinal: place.ordinal });
  }
  return new Map([...found].map(([version, { item }]) => [version, item]));
};

const lastVersion = (entries: readonly Item[]): number =>
  entries.reduce((last, item) => Math.max(last, placeIn(item)?.version ?? 0), 0);

/**
 * Holds a ledger against what was anchored of it. Who can write the table can make a chain that holds by itself, with
 * entries changed or cut off; what was anchored before, it can't give.
 */
export const checkAnchors = (entries: readonly Item[], anchors: readonly Anchor[]): Finding[] => {
  const last = lastVersion(entries);
  const heads = lastEntries(entries, new Set(anchors.map(({ version }) => version)));
  return anchors.flatMap(({ version, head }): Finding[] => {
    if (version > last) {
      const sentence = `the ledger ends at version ${last}, but version ${version} was anchored: its end was cut off`;
      return [{ code: 'cut-tail', version: last + 1, ordinal: 0, sentence }];
    }
    const item = heads.get(version);
    if (item !== undefined && hashIfReadable(item) === head) return [];
    const sentence = `at version ${version} another hash was anchored: entries up to here were rewritten`;
    return [
      { code: 'rewritten', version, ...(item && { ...placeIn(item), sk: item.sk?.S ?? '' }), sentence },
    ];
  });
};
