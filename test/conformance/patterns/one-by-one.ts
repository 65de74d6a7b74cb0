type Json = Record<string, unknown>;

const most = 4_096;

/** Returns every way to take one item of each list; undefined if that would be too many. */
const everyChoice = <Item>(lists: readonly (readonly Item[])[]): readonly (readonly Item[])[] | undefined => {
  if (lists.reduce((product, { length }) => product * length, 1) > most) return undefined;
  return lists.reduce<readonly (readonly Item[])[]>(
    (chosen, list) => chosen.flatMap((before) => list.map((item) => [...before, item])),
    [[]],
  );
};

const listChoices = (name: string, inner: unknown): readonly unknown[] | undefined => {
  if (!Array.isArray(inner)) return oneByOne(inner as Json);
  if (name !== '$or') return inner.map((matcher) => [matcher]);
  const each = inner.map((pattern) => oneByOne(pattern));
  if (each.some((list) => list === undefined)) return undefined;
  // AWS's matcher takes `$or` with a single alternative for a field of that name.
  return (each as Json[][]).flat().map((pattern) => [pattern, pattern]);
};

/**
 * Returns the patterns with a single alternative in each field that together are equal to this one, which AWS's matcher
 * accepts; undefined if there would be too many.
 */
export const oneByOne = (pattern: Json): readonly Json[] | undefined => {
  const fields = Object.entries(pattern).map(([name, inner]) => ({
    name,
    choices: listChoices(name, inner),
  }));
  const lists = fields.map(({ name, choices }) => choices?.map((choice) => [name, choice] as const));
  if (lists.some((list) => list === undefined)) return undefined;
  return everyChoice(lists as (readonly [string, unknown])[][])?.map((entries) =>
    Object.fromEntries(entries),
  );
};
