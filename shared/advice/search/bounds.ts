import { type Scene, stageAfter } from './scene.ts';
import type { TriedLever } from './settings.ts';

/** The most that a lever alone gets out of each criterion that reads it, beyond what that gives now. */
const ceilingsOf = ({ now }: Scene, { criteria, settings }: TriedLever): ReadonlyMap<number, number> =>
  new Map(
    criteria.map((c) => [
      c,
      Math.max(0, ...settings.map(({ points }) => (points[c] as number) - (now.points[c] as number))),
    ]),
  );

/** The most that a lever adds to each dimension through the tallies. */
const tallyCeilingsOf = ({ sums }: Scene, { settings }: TriedLever): number[] =>
  sums.map((_, d) => Math.max(0, ...settings.map(({ ceilings }) => ceilings[d] as number)));

/**
 * Bounds of what sets of levers can score: no set scores more, at whatever settings. Each criterion counts with the most
 * that a lever gets out of it; one that several levers read can give more than that to them together, though never more
 * than its best, and what is missing to its best is counted once for each two of them.
 */
export const createBounds = (scene: Scene, levers: readonly TriedLever[]) => {
  const ceilings = levers.map((lever) => ceilingsOf(scene, lever));
  const alone = levers.map((lever, i) => {
    const sums = tallyCeilingsOf(scene, lever);
    for (const [c, ceiling] of ceilings[i] ?? []) {
      const { dimension } = scene.criteria[c] as Scene['criteria'][number];
      sums[dimension] = (sums[dimension] as number) + ceiling;
    }
    return sums;
  });

  const together = (a: TriedLever, b: TriedLever): readonly number[] | undefined => {
    const sums = scene.sums.map(() => 0);
    for (const [c, ceiling] of ceilings[a.index] ?? []) {
      const other = ceilings[b.index]?.get(c);
      if (other === undefined) continue;
      const { compiled, dimension } = scene.criteria[c] as Scene['criteria'][number];
      const missing = compiled.best - (scene.now.points[c] as number) - ceiling - other;
      sums[dimension] = (sums[dimension] as number) + Math.max(0, missing);
    }
    return sums.some((points) => points > 0) ? sums : undefined;
  };
  const pairs = new Map<number, readonly number[] | undefined>();
  const pairOf = (a: TriedLever, b: TriedLever): readonly number[] | undefined => {
    const place = a.index * levers.length + b.index;
    if (!pairs.has(place)) pairs.set(place, together(a, b));
    return pairs.get(place);
  };

  const sums = scene.sums.map(() => 0);
  const add = (points: readonly number[]): void => {
    for (let d = 0; d < sums.length; d++) sums[d] = (sums[d] as number) + (points[d] as number);
  };
  /** The most that the levers can score together, not rounded. */
  return (set: readonly TriedLever[]): number => {
    sums.fill(0);
    add(scene.sums);
    for (let i = 0; i < set.length; i++) {
      const lever = set[i] as TriedLever;
      add(alone[lever.index] as readonly number[]);
      for (let j = 0; j < i; j++) {
        const more = pairOf(set[j] as TriedLever, lever);
        if (more !== undefined) add(more);
      }
    }
    return scene.scoreOf(sums, scene.now.tallies, stageAfter(scene, set));
  };
};
