/** The rows of a list that is being looked at, beside what was loaded last. */
export interface ShownList<T> {
  readonly rows: readonly T[];
  /** The ids of the rows that were loaded no more. They stay until the list is brought up to date. */
  readonly gone: ReadonlySet<string>;
  /** The number of those that were loaded and aren't shown yet. */
  readonly waiting: number;
}

interface Identified {
  readonly id: string;
}

/**
 * Brings a list up to date without moving any row: those that are shown stay where they are, with what was loaded of
 * them, and new ones wait.
 */
export const holdStill = <T extends Identified>(shown: readonly T[], loaded: readonly T[]): ShownList<T> => {
  const byId = new Map(loaded.map((each) => [each.id, each]));
  const rows = shown.map((each) => byId.get(each.id) ?? each);
  const ids = new Set(shown.map(({ id }) => id));
  return {
    rows,
    gone: new Set([...ids].filter((id) => !byId.has(id))),
    waiting: loaded.filter(({ id }) => !ids.has(id)).length,
  };
};
