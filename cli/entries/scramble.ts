/** Returns a seeded generator of numbers from 0 to 1 (mulberry32), so that a run can be repeated. Not for secrets. */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Returns a copy in random order (Fisher and Yates). */
export const shuffled = <T>(items: readonly T[], random: () => number): T[] => {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
};

/** Returns a copy in which a fraction of the items occurs a second time, anywhere after the first. */
export const withDuplicates = <T>(items: readonly T[], fraction: number, random: () => number): T[] => {
  const count = Math.round(items.length * fraction);
  const chosen = shuffled([...items.keys()], random).slice(0, count);
  const again = new Map<number, T[]>();
  for (const index of chosen) {
    const position = index + Math.floor(random() * (items.length - index));
    again.set(position, [...(again.get(position) ?? []), items[index] as T]);
  }
  return items.flatMap((item, i) => [item, ...(again.get(i) ?? [])]);
};
