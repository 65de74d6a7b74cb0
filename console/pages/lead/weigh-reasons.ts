/** The reasons of a score, apart by their sign. */
export interface WeighedReasons<T> {
  readonly speaksFor: readonly T[];
  readonly speaksAgainst: readonly T[];
}

/** Parts what speaks for a lead from what speaks against it, in the given order. What moves nothing speaks neither way. */
export const weighReasons = <T extends { readonly weight: number }>(
  reasons: readonly T[],
): WeighedReasons<T> => ({
  speaksFor: reasons.filter(({ weight }) => weight > 0),
  speaksAgainst: reasons.filter(({ weight }) => weight < 0),
});
