import type { Condition } from '../../document/condition.ts';
import { ofAnswering, ofBant, ofDemo, ofLane, ofLetter, ofPart } from './derived-settings.ts';
import { ofActivity, ofName, ofOutcome } from './fact-settings.ts';
import type { Setting, Space } from './space.ts';
import { partsOfVariable, type Variable } from './variables.ts';

/**
 * The ways in which a variable can be, at least one of each between which the conditions can tell.
 *
 * @param leaves the conditions that read it
 * @param counts of an activity that make a difference beside
 * @returns undefined where there would be too many
 */
export const settingsOf = (
  space: Space,
  variable: Variable,
  leaves: readonly Condition[],
  counts: readonly number[] = [],
): readonly Setting[] | undefined => {
  const [kind, name] = partsOfVariable(variable);
  switch (kind) {
    case 'attribute':
      return ofName(space, 'attributes', name, leaves);
    case 'answer':
      return ofName(space, 'answers', name, leaves);
    case 'activity':
      return ofActivity(name, leaves, counts);
    case 'outcome':
      return ofOutcome(name, leaves);
    case 'letter':
      return ofLetter(name);
    case 'part':
      return ofPart(name);
    case 'bantMet':
      return ofBant;
    case 'demoReady':
      return ofDemo;
    case 'lane':
      return ofLane(space);
    default:
      return ofAnswering(space, leaves);
  }
};
