/** The id of an event that the API has made; in a document it may be shortened. */
const eventId = /^api-[0-9a-f-]+$/;

const instant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** The texts that differ from run to run: instants, and ids that are made. */
const alike = (shown: string, actual: string): boolean =>
  shown === actual ||
  (instant.test(shown) && instant.test(actual)) ||
  (eventId.test(shown) && eventId.test(actual));

/**
 * Finds where a JSON value of a document differs from a real one. The document may leave out fields and the rest of
 * lists; instants and ids that are made may be others.
 */
export const findDifferences = (shown: unknown, actual: unknown, path = '$'): string[] => {
  if (Array.isArray(shown)) {
    if (!Array.isArray(actual)) return [`${path}: no list`];
    return shown.flatMap((each, i) => findDifferences(each, actual[i], `${path}[${i}]`));
  }
  if (typeof shown === 'object' && shown !== null) {
    if (typeof actual !== 'object' || actual === null) return [`${path}: no object`];
    return Object.entries(shown).flatMap(([name, value]) =>
      findDifferences(value, (actual as Record<string, unknown>)[name], `${path}.${name}`),
    );
  }
  const isEqual =
    typeof shown === 'string' && typeof actual === 'string' ? alike(shown, actual) : shown === actual;
  return isEqual ? [] : [`${path}: shown ${JSON.stringify(shown)}, but it is ${JSON.stringify(actual)}`];
};
