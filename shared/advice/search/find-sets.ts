import { createBounds } from './bounds.ts';
import { type Box, boxesOf } from './boxes.ts';
import { type Budget, bounding } from './budget.ts';
import { createCombiner, type Target } from './combine.ts';
import { createJoints } from './joints.ts';
import type { Scene } from './scene.ts';
import type { TriedLever } from './settings.ts';
import { effortsOfSize, tuplesOf } from './tuples.ts';

export interface Found {
  /** How many changes each set has; 0 where no set was found. */
  readonly size: number;
  /** The easiest first; of those that ask for the same efforts, the one with the highest score. */
  readonly boxes: readonly Box[];
  /** Whether there are more than these. */
  readonly more: boolean;
  /** False where the search ended for want of steps: then there may be others, also smaller ones. */
  readonly exhaustive: boolean;
}

interface Props {
  readonly scene: Scene;
  /** In ascending order of effort. */
  readonly levers: readonly TriedLever[];
  readonly target: Target;
  readonly budget: Budget;
  /** How many boxes to find, at the most. */
  readonly limit: number;
}

const largest = 3;

const byScore = (a: Box, b: Box): number => b.lowest.score - a.lowest.score;

/** The smallest sets of changes, one of each lever, that reach the target: all of one size, so none holds another. */
export const findSets = ({ scene, levers, target, budget, limit }: Props): Found => {
  const mostOf = createBounds(scene, levers);
  const combine = createCombiner({ scene, target, budget, jointOf: createJoints(scene, levers, budget) });

  const findOf = (size: number): Box[] => {
    const found: Box[] = [];
    for (const efforts of effortsOfSize(size)) {
      const alike: Box[] = [];
      for (const set of tuplesOf(levers, efforts)) {
        if (!budget.spend(bounding)) break;
        if (!target.mayReach(mostOf(set))) continue;
        for (const box of boxesOf(set, combine(set), budget)) alike.push(box);
      }
      for (const box of alike.sort(byScore)) found.push(box);
      if (found.length > limit || budget.isSpent()) break;
    }
    return found;
  };

  for (let size = 1; size <= largest; size++) {
    const found = findOf(size);
    const exhaustive = !budget.isSpent();
    if (found.length > 0) {
      return { size, boxes: found.slice(0, limit), more: found.length > limit, exhaustive };
    }
    if (!exhaustive) return { size: 0, boxes: [], more: false, exhaustive };
  }
  return { size: 0, boxes: [], more: false, exhaustive: true };
};
