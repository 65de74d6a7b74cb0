import { isObject } from '../../../events/index.ts';

/** The arrays on the way to a value, each with the index that was taken. */
export type Elements = ReadonlyMap<readonly unknown[], number>;

export interface FoundValue {
  /** A string, number, boolean or null. */
  readonly value: unknown;
  readonly elements: Elements;
}

export const noElements: Elements = new Map();

/**
 * A path: for each depth the names that may come next, shortest first. A name that contains dots equals nested names,
 * as in AWS's matcher.
 */
export type Path = readonly (readonly string[])[];

export const parsePath = (name: string): Path => {
  const names = name.split('.');
  return names.map((_, depth) =>
    names.slice(depth).map((__, more) => names.slice(depth, depth + more + 1).join('.')),
  );
};

const isContainer = (value: unknown): boolean => typeof value === 'object' && value !== null;

const collect = (from: unknown, path: Path, depth: number, elements: Elements, found: FoundValue[]): void => {
  if (Array.isArray(from)) {
    for (const [index, element] of from.entries()) {
      // Only objects and arrays inside an array select one of its elements; plain values side by side don't.
      const within = isContainer(element) ? new Map(elements).set(from, index) : elements;
      collect(element, path, depth, within, found);
    }
    return;
  }
  const names = path[depth];
  if (isObject(from)) {
    for (let more = 0; names !== undefined && more < names.length; more += 1) {
      const name = names[more] as string;
      if (Object.hasOwn(from, name)) collect(from[name], path, depth + more + 1, elements, found);
    }
  } else if (names === undefined && from !== undefined) {
    found.push({ value: from, elements });
  }
};

/** Returns the values at a path. The elements of an array count as values, objects don't. */
export const collectValues = (event: unknown, path: Path): readonly FoundValue[] => {
  const found: FoundValue[] = [];
  collect(event, path, 0, noElements, found);
  return found;
};

/** Joins two sets of elements; returns undefined if they take different elements of one array. */
export const joined = (some: Elements, others: Elements): Elements | undefined => {
  if (others.size === 0) return some;
  for (const [array, index] of others) if ((some.get(array) ?? index) !== index) return undefined;
  return some.size === 0 ? others : new Map([...some, ...others]);
};
