/** A value for the first model of a comparison, A, and one for the second, B. */
export interface Pair<T> {
  readonly a: T;
  readonly b: T;
}

/** Returns the results of a function for both sides. */
export const mapPair = <T, Result>({ a, b }: Pair<T>, map: (value: T) => Result): Pair<Result> => ({
  a: map(a),
  b: map(b),
});
