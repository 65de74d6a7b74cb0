import type { Item } from '../../dynamodb/index.ts';

/** The position of an entry in its ledger: the version that its commit gave the lead, and its number in that commit. */
export interface EntryPosition {
  readonly version: number;
  readonly ordinal: number;
}

/** An entry as stored, with its position. */
export interface PositionedEntry extends EntryPosition {
  readonly item: Item;
}

const parseWhole = (item: Item, name: string, least: number): number | undefined => {
  const value = Number(item[name]?.N ?? Number.NaN);
  return Number.isSafeInteger(value) && value >= least ? value : undefined;
};

/** Parses the version of an item. @returns undefined if it is no whole number of at least 1 */
export const parseVersion = (item: Item): number | undefined => parseWhole(item, 'version', 1);

/** Parses the position of an entry. @returns undefined if the entry has no valid version and ordinal */
export const parsePosition = (item: Item): EntryPosition | undefined => {
  const version = parseVersion(item);
  const ordinal = parseWhole(item, 'ordinal', 0);
  return version === undefined || ordinal === undefined ? undefined : { version, ordinal };
};

/** Sorts entries by the order in which they were committed, which is the order of the chain. */
export const byPosition = (a: EntryPosition, b: EntryPosition): number =>
  a.version - b.version || a.ordinal - b.ordinal;

/** Returns the entries in the order of the chain, without those that have no valid position. */
export const inChainOrder = (entries: readonly Item[]): PositionedEntry[] =>
  entries
    .flatMap((item) => {
      const position = parsePosition(item);
      return position === undefined ? [] : [{ item, ...position }];
    })
    .sort(byPosition);

/** @example formatPosition({ version: 3, ordinal: 0 }) // '3.0' */
export const formatPosition = ({ version, ordinal }: EntryPosition): string => `${version}.${ordinal}`;

/**
 * Returns the position that must follow another one: the next in the same commit, or the first of the next commit.
 *
 * @param before undefined for the beginning of a ledger
 * @param version the version of the entry that follows
 */
export const positionAfter = (before: EntryPosition | undefined, version: number): EntryPosition => {
  if (before?.version === version) return { version, ordinal: before.ordinal + 1 };
  return { version: (before?.version ?? 0) + 1, ordinal: 0 };
};
