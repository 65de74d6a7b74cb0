import type { Condition } from '../../document/condition.ts';
import type { Read } from '../../document/reads.ts';
import {
  assignAnswering,
  assignBant,
  assignDemo,
  assignLane,
  assignLetter,
  assignPart,
} from './computed-assignments.ts';
import { assignActivity, assignName, assignOutcome } from './fact-assignments.ts';
import type { Assignment, SearchSpace } from './search-space.ts';

/**
 * Returns the values that can be assigned to what is read, at least one of each equivalence class.
 *
 * @param leaves the conditions that read it
 * @param counts further counts of an activity that make a difference
 * @returns undefined if they are too many
 */
export const listAssignments = (
  space: SearchSpace,
  read: Read,
  leaves: readonly Condition[],
  counts: readonly number[] = [],
): readonly Assignment[] | undefined => {
  switch (read.kind) {
    case 'attribute':
    case 'answer':
      return assignName(space, read.kind, read.name, leaves);
    case 'activity':
      return assignActivity(read.name, leaves, counts);
    case 'outcome':
      return assignOutcome(read.name, leaves);
    case 'letter':
      return assignLetter(read.name);
    case 'part':
      return assignPart(read.name);
    case 'bantMet':
      return assignBant;
    case 'demoReady':
      return assignDemo;
    case 'lane':
      return assignLane(space);
    case 'answering':
      return assignAnswering(space, leaves);
    default:
      return read satisfies never;
  }
};
