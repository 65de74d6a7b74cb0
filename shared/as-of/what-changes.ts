import { sameAction } from '../funnel/index.ts';
import type { TimeChange, Upcoming } from './upcoming.ts';

/** The parts of a lead's standing that a change may concern, in the order in which people want to know them. */
const parts = [
  'disqualification',
  'tier',
  'stage',
  'status',
  'action',
  'heldBack',
  'demoReady',
  'overridden',
] as const;
export type Part = (typeof parts)[number];

/** Returns the parts of a standing that a change concerns. */
export const listParts = ({ before, after }: TimeChange): Part[] =>
  parts.filter((part) => {
    if (part === 'action') return !sameAction(before.action, after.action);
    if (part === 'disqualification')
      return before.disqualification?.disqualifier !== after.disqualification?.disqualifier;
    if (part === 'overridden') return JSON.stringify(before[part]) !== JSON.stringify(after[part]);
    return before[part] !== after[part];
  });

/** Something that happens, as programs read it. */
type What = Part | Exclude<Upcoming['kind'], 'change'>;

/** Returns what happens, in words for programs. */
export const listWhat = (next: Upcoming): What[] => (next.kind === 'change' ? listParts(next) : [next.kind]);
