import { isRecord } from './problems.ts';

/** Arrays on the way to a value, each with the index that was taken. */
export type Elements = ReadonlyMap<readonly unknown[], number>;

export interface FoundValue {
  /** A string, number, boolean or null. */
  readonly value: unknown;
  readonly elements: Elements;
}

export const noElements: Elements = new Map();

const isContainer = (value: unknown): boolean => Array.isArray(value) || isRecord(value);

/**
 * The values at a path. An array stands for its elements; objects are no values. A name with dots in it is the same as
 * names inside each other, as for AWS's matcher.
 */
export const valuesAt = (
  from: unknown,
  names: readonly string[],
  elements: Elements = noElements,
): readonly FoundValue[] => {
  if (Array.isArray(from)) {
    return from.flatMap((element: unknown, index) =>
      // Values side by side in an array are no choice between its elements: only what is inside them is.
      valuesAt(element, names, isContainer(element) ? new Map(elements).set(from, index) : elements),
    );
  }
  if (!isRecord(from)) return names.length > 0 || from === undefined ? [] : [{ value: from, elements }];
  return names.flatMap((_, index) => {
    const name = names.slice(0, index + 1).join('.');
    return Object.hasOwn(from, name) ? valuesAt(from[name], names.slice(index + 1), elements) : [];
  });
};

/** Both together; undefined, where they take different elements of one array. */
export const joined = (some: Elements, others: Elements): Elements | undefined => {
  if (others.size === 0) return some;
  for (const [array, index] of others) if ((some.get(array) ?? index) !== index) return undefined;
  return some.size === 0 ? others : new Map([...some, ...others]);
};
