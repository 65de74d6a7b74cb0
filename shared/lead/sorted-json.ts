/**
 * Returns JSON with sorted names. Stored facts have sorted names, while new ones have those of their event in its
 * order.
 */
export const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_name, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
