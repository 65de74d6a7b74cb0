import { showValue } from '../../events/index.ts';
import { isSame } from './same.ts';

/** An object of a document, of any section. */
export type Fields = Readonly<Record<string, unknown>>;

/** Returns the sentences about a field that differs. If it returns none, the field is described by its values. */
export type DescribeField = (before: unknown, after: unknown) => readonly string[];

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns a field of an object itself, so that one called `constructor` is none of JavaScript's. */
export const fieldOf = (value: unknown, name: string): unknown =>
  isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined;

const namesOf = (...values: readonly unknown[]): string[] => [
  ...new Set(values.flatMap((value) => (isFields(value) ? Object.keys(value) : []))),
];

const listLonger = (texts: readonly string[], others: readonly string[]): string[] => {
  const left = [...others];
  return texts.filter((text) => {
    const found = left.indexOf(text);
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
};

/** Returns the texts that only the second list has, and those that only the first has; equal ones count one by one. */
export const compareLists = (before: readonly string[], after: readonly string[]) => ({
  added: listLonger(after, before),
  removed: listLonger(before, after),
});

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

const describeList = (label: string, before: readonly unknown[], after: readonly unknown[]): string[] => {
  const { added, removed } = compareLists(before.map(showValue), after.map(showValue));
  const sentences = [
    ...(added.length > 0 ? [`${label}: ${added.join(', ')} is new`] : []),
    ...(removed.length > 0 ? [`${label}: ${removed.join(', ')} is gone`] : []),
  ];
  return sentences.length > 0 ? sentences : [`${label}: the order is another one`];
};

/** Describes how a value of any kind has changed, by the path of names to it. Never returns nothing. */
export const describeValue = (label: string, before: unknown, after: unknown): string[] => {
  if (before === undefined) return [`${label}: is new, ${showValue(after)}`];
  if (after === undefined) return [`${label}: is gone; it was ${showValue(before)}`];
  if (isFields(before) && isFields(after)) return describeFields(label, before, after);
  if (Array.isArray(before) && Array.isArray(after) && [...before, ...after].every(isPlain))
    return describeList(label, before, after);
  const [was, is] = [showValue(before), showValue(after)];
  return [was === is ? `${label}: differs beyond its beginning, ${is}` : `${label}: ${is} instead of ${was}`];
};

/**
 * Describes every field in which two objects differ: by the words for it, else by its values. Each field that differs
 * gives at least one sentence, so that none can be forgotten.
 *
 * @param label what the sentences begin with; nothing if it is empty
 */
export function describeFields(
  label: string,
  before: unknown,
  after: unknown,
  words: Readonly<Record<string, DescribeField>> = {},
): string[] {
  return namesOf(before, after).flatMap((name) => {
    const [was, is] = [fieldOf(before, name), fieldOf(after, name)];
    if (isSame(was, is)) return [];
    const sentences = Object.hasOwn(words, name) ? (words[name]?.(was, is) ?? []) : [];
    if (sentences.length > 0) return [...sentences];
    return describeValue(label === '' ? name : `${label}, ${name}`, was, is);
  });
}

export interface NamedProps {
  /** Returns what the sentences call an entry. */
  readonly title: (name: string, entry: unknown) => string;
  /** Returns what is said of a new entry after its title. */
  readonly added: (entry: unknown) => string;
  /** Describes an entry that both have. */
  readonly change: (title: string, before: unknown, after: unknown) => readonly string[];
}

/** Describes the differences of two maps of entries by name. */
export const describeNamed = (
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
  { title, added, change }: NamedProps,
): string[] => [
  ...[...after].flatMap(([name, entry]) => {
    if (!before.has(name)) return [`${title(name, entry)} is new${added(entry)}`];
    const was = before.get(name);
    if (isSame(was, entry)) return [];
    const sentences = change(title(name, was), was, entry);
    return sentences.length > 0 ? sentences : describeValue(title(name, was), was, entry);
  }),
  ...[...before].flatMap(([name, entry]) => (after.has(name) ? [] : [`${title(name, entry)} is gone`])),
];

const byId = (list: unknown): Map<string, unknown> =>
  new Map((Array.isArray(list) ? list : []).map((entry) => [String(fieldOf(entry, 'id')), entry]));

/** Describes the differences of two lists whose entries have ids, with that of their order. */
export const describeIdentified = (
  what: string,
  before: unknown,
  after: unknown,
  props: NamedProps,
): string[] => {
  const [was, is] = [byId(before), byId(after)];
  const inBoth = (ids: ReadonlyMap<string, unknown>): string[] =>
    [...ids.keys()].filter((id) => was.has(id) && is.has(id));
  const isMoved = !isSame(inBoth(was), inBoth(is));
  return [
    ...describeNamed(was, is, props),
    ...(isMoved ? [`${what} stand in another order: ${inBoth(is).join(', ')}`] : []),
  ];
};

/** Returns the entries of an object by name. */
export const entriesByName = (value: unknown): Map<string, unknown> =>
  new Map(isFields(value) ? Object.entries(value) : []);
