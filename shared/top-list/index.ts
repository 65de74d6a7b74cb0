/** A list of the first of many candidates by an order, in memory that is bounded by the length of the list. */
export interface TopList<T> {
  readonly add: (candidate: T) => void;
  /** Returns the first candidates in order. */
  readonly list: () => readonly T[];
}

/**
 * Creates a list of the first candidates.
 *
 * @param compare a total order, so that the list doesn't depend on the order in which candidates come
 */
export const createTopList = <T>(most: number, compare: (a: T, b: T) => number): TopList<T> => {
  let first: T[] = [];
  const cut = () => {
    first = first.sort(compare).slice(0, most);
  };
  return {
    add(candidate) {
      first.push(candidate);
      if (first.length >= most * 2) cut();
    },
    list() {
      cut();
      return first;
    },
  };
};
