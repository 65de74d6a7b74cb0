/** The conditions of a statement: values by key, by operator. */
export type Conditions = Record<string, Record<string, unknown>>;

/**
 * Returns conditions on keys that have several values: all of them must be allowed, and there must be one, since a
 * request without values would satisfy `ForAllValues`.
 *
 * @example requireAll({ 'events:source': ['sluice'] })
 */
export const requireAll = (allowed: Readonly<Record<string, string | readonly string[]>>): Conditions => ({
  'ForAllValues:StringEquals': allowed,
  Null: Object.fromEntries(Object.keys(allowed).map((key) => [key, 'false'])),
});

/** Does the same as `requireAll` with patterns: `*` stands for any characters. */
export const requireLike = (patterns: Readonly<Record<string, readonly string[]>>): Conditions => ({
  'ForAllValues:StringLike': patterns,
  Null: Object.fromEntries(Object.keys(patterns).map((key) => [key, 'false'])),
});
