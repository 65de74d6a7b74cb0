import { reaches } from '../../compile/reaches.ts';
import type { Condition } from '../../document/condition.ts';
import { error, type Finding } from '../finding.ts';
import { constraint, isYes } from '../search/constraints.ts';
import { isSatisfiable } from '../search/satisfiable.ts';
import type { SearchSpace } from '../search/search-space.ts';

/** A condition that counts towards a threshold, with what it counts. */
type Counted = readonly [condition: Condition | undefined, counts: number];

const canHold = (space: SearchSpace, condition: Condition | undefined): boolean =>
  condition !== undefined && isSatisfiable(space, [constraint(condition, isYes)]) !== 'no';

/** Returns the most that can be reached: the sum of what counts most in each group and can hold. */
const computeMost = (space: SearchSpace, groups: readonly (readonly Counted[])[]): number =>
  groups.reduce(
    (sum, group) =>
      sum + Math.max(0, ...group.map(([condition, counts]) => (canHold(space, condition) ? counts : 0))),
    0,
  );

const reachable = (
  space: SearchSpace,
  path: string,
  threshold: number,
  groups: readonly (readonly Counted[])[],
  reached: Condition,
): Finding[] => {
  const most = computeMost(space, groups);
  if (!reaches(most, threshold))
    return [error(path, threshold, `at most ${most}: the rest can't be reached`)];
  return canHold(space, reached)
    ? []
    : [error(path, threshold, 'less: what counts towards it excludes each other')];
};

/** Finds thresholds of BANT and the slide that no lead can reach, since not all that counts can hold. */
export const findThresholdFaults = (space: SearchSpace): Finding[] => {
  const { bant, slide } = space.document;
  return [
    ...(bant === undefined
      ? []
      : reachable(
          space,
          'bant.threshold',
          bant.threshold,
          Object.entries(bant.letters).map(([letter, { pass }]): Counted[] => [
            [pass, bant.weights[letter as keyof typeof bant.weights]],
          ]),
          { bantMet: true },
        )),
    ...(slide === undefined
      ? []
      : reachable(
          space,
          'slide.threshold',
          slide.threshold,
          Object.values(slide.parts).map(({ complete, partial }): Counted[] => [
            [complete, 1],
            [partial, slide.partialCounts],
          ]),
          { demoReady: true },
        )),
  ];
};
