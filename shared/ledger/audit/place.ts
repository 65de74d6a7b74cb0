import type { Item } from '../../dynamodb/index.ts';

/** Where in a ledger an entry stands: the commit that wrote it, and its place in that. */
export interface Place {
  readonly version: number;
  readonly ordinal: number;
}

const wholeNumber = (item: Item, name: string, least: number): number | undefined => {
  const value = Number(item[name]?.N ?? Number.NaN);
  return Number.isSafeInteger(value) && value >= least ? value : undefined;
};

/** @returns undefined where an item doesn't say a place that can be */
export const placeIn = (item: Item): Place | undefined => {
  const version = wholeNumber(item, 'version', 1);
  const ordinal = wholeNumber(item, 'ordinal', 0);
  return version === undefined || ordinal === undefined ? undefined : { version, ordinal };
};

export const versionIn = (item: Item): number | undefined => wholeNumber(item, 'version', 1);

/** The order in which entries were committed, and that of their hashes. */
export const byPlace = (a: Place, b: Place): number => a.version - b.version || a.ordinal - b.ordinal;

export const placeWords = ({ version, ordinal }: Place): string => `${version}.${ordinal}`;

export const firstPlace: Place = { version: 1, ordinal: 0 };

/** Whether an entry may stand right behind another: commits follow each other, and so do the entries of one. */
export const follows = (before: Place, { version, ordinal }: Place): boolean =>
  (version === before.version && ordinal === before.ordinal + 1) ||
  (version === before.version + 1 && ordinal === 0);

/** The first place that must have been there between two that don't follow each other. */
export const gapBehind = (before: Place, { version }: Place): Place =>
  version === before.version
    ? { version, ordinal: before.ordinal + 1 }
    : version === before.version + 1
      ? { version, ordinal: 0 }
      : { version: before.version + 1, ordinal: 0 };
