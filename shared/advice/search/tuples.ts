import { type Effort, efforts } from '../levers.ts';

/** Kinds of sets of one size by the efforts that their changes ask for, each ascending: the hardest counts first. */
export const effortsOfSize = (size: number, hardest: number = efforts.length - 1): Effort[][] =>
  size === 0
    ? [[]]
    : efforts
        .slice(0, hardest + 1)
        .flatMap((effort, rank) => effortsOfSize(size - 1, rank).map((easier) => [...easier, effort]));

function* choose<L>(
  groups: readonly (readonly L[])[],
  from: number,
  set: readonly L[],
): Generator<readonly L[]> {
  const group = groups[set.length];
  if (group === undefined) {
    yield set;
    return;
  }
  for (let i = from; i < group.length; i++) {
    // From one group none is chosen twice.
    const next = groups[set.length + 1] === group ? i + 1 : 0;
    yield* choose(groups, next, [...set, group[i] as L]);
  }
}

/** All sets of levers with these efforts. */
export function* tuplesOf<L extends { readonly effort: Effort }>(
  levers: readonly L[],
  wanted: readonly Effort[],
): Generator<readonly L[]> {
  const byEffort = Map.groupBy(levers, ({ effort }) => effort);
  const groups = wanted.flatMap((effort) => [byEffort.get(effort) ?? []].filter(({ length }) => length > 0));
  if (groups.length === wanted.length) yield* choose(groups, 0, []);
}
