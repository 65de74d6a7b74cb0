import type { UnreadName, UnreadTotals } from '../../unread/unread-tally.ts';

const mostExamples = 3;

const join = (a: UnreadName, b: UnreadName): UnreadName => ({
  ...a,
  times: a.times + b.times,
  lastAt: Math.max(a.lastAt, b.lastAt),
  examples: [...new Set([...a.examples, ...b.examples])].slice(0, mostExamples),
});

/** Adds up what several tallies have found that no rule reads. */
export const addUnread = (parts: readonly UnreadTotals[]): UnreadTotals => {
  const names = new Map<string, UnreadName>();
  for (const name of parts.flatMap((part) => part.names)) {
    const key = `${name.what} ${name.bag} ${name.name}`;
    const before = names.get(key);
    names.set(key, before === undefined ? name : join(before, name));
  }
  return {
    names: [...names.values()].sort((a, b) => b.times - a.times || (a.name < b.name ? -1 : 1)),
    dropped: Math.max(0, ...parts.map(({ dropped }) => dropped)),
  };
};
