/** Values to try, and whether they are all that make a difference. */
export interface Tried<T> {
  readonly all: readonly T[];
  readonly complete: boolean;
}

/** The most entries of which every combination is tried, 2 to the power of so many. */
const mostCombined = 6;

/** Returns every combination of entries, the empty one among them. */
export const everySubset = <T>(entries: readonly T[]): T[][] =>
  Array.from({ length: 2 ** entries.length }, (_, bits) =>
    entries.filter((_entry, i) => (bits >> i) % 2 === 1),
  );

/** Returns every combination of a few entries, the empty one among them; of many, each alone, all but each, all and none. */
export const listSubsets = <T>(entries: readonly T[]): Tried<readonly T[]> => {
  if (entries.length > mostCombined) {
    const singles = entries.map((entry) => [entry]);
    const others = entries.map((entry) => entries.filter((one) => one !== entry));
    return { all: [[], ...singles, ...others, entries], complete: false };
  }
  return { all: everySubset(entries), complete: true };
};
