/** The first few of many by an order, in memory that is bounded by how few. */
export interface TopList<T> {
  readonly add: (candidate: T) => void;
  /** Sorted, at most as many as asked for. */
  readonly list: () => readonly T[];
}

/** @param compare total, so that the list doesn't depend on the order in which candidates come */
export const createTopList = <T>(most: number, compare: (a: T, b: T) => number): TopList<T> => {
  let kept: T[] = [];
  const cut = () => {
    kept = kept.sort(compare).slice(0, most);
  };
  return {
    add(candidate) {
      kept.push(candidate);
      if (kept.length >= most * 2) cut();
    },
    list() {
      cut();
      return kept;
    },
  };
};
