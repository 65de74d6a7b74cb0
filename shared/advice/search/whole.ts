import { type Budget, judging } from './budget.ts';
import { factsAfter, type Joint, type JointEffect, pairPlace } from './joints.ts';
import type { Scene } from './scene.ts';
import type { Setting, TriedLever } from './settings.ts';

/** Of each two of three settings, by `pairPlace`. */
type Effects = readonly (JointEffect | undefined)[];

/** What is read of three changes together that can't be put together from what each two of them do. */
export interface Whole {
  /** The most that the criteria which read all three could give beyond what `effects` make of them, by dimension. */
  readonly mostMore: (settings: readonly Setting[], effects: Effects) => number[];
  readonly observe: (
    settings: readonly Setting[],
    effects: Effects,
  ) => { readonly more: readonly number[]; readonly disqualified: boolean };
}

const pairs = [
  [0, 1],
  [0, 2],
  [1, 2],
] as const;

/** Undefined where no criterion reads all three levers, and not all of them can disqualify. */
export const wholeOf = (
  scene: Scene,
  set: readonly TriedLever[],
  joints: readonly (Joint | undefined)[],
  budget: Budget,
): Whole | undefined => {
  if (set.length < 3 || joints.includes(undefined)) return undefined;
  const shared = (joints[0]?.shared ?? []).filter((c) => set[2]?.criteria.includes(c));
  if (shared.length === 0 && !set.every(({ disqualifying }) => disqualifying)) return undefined;
  const places = shared.map((c) => joints.map((joint) => joint?.shared.indexOf(c) ?? -1));

  /** What a criterion gives by the sum of what is known of single changes and pairs. */
  const assumed = (k: number, settings: readonly Setting[], effects: Effects): number => {
    const c = shared[k] as number;
    const alone = settings.reduce((sum, { points }) => sum + (points[c] as number), 0);
    const together = pairs.reduce((sum, [i, j]) => {
      const place = pairPlace(i, j);
      return sum + (effects[place]?.points[places[k]?.[place] as number] as number);
    }, 0);
    return (scene.now.points[c] as number) - alone + together;
  };

  const beyond = (
    settings: readonly Setting[],
    effects: Effects,
    pointsOf: (criterion: number) => number,
  ): number[] => {
    const more = scene.sums.map(() => 0);
    for (const [k, c] of shared.entries()) {
      const { dimension } = scene.criteria[c] as Scene['criteria'][number];
      more[dimension] = (more[dimension] as number) + pointsOf(c) - assumed(k, settings, effects);
    }
    return more;
  };

  return {
    mostMore: (settings, effects) =>
      beyond(settings, effects, (c) => scene.criteria[c]?.compiled.best as number),
    observe: (settings, effects) => {
      budget.spend(judging);
      const { points, disqualified } = scene.observe(factsAfter(scene, settings));
      return { more: beyond(settings, effects, (c) => points[c] as number), disqualified };
    },
  };
};
