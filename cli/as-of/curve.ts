import { listUpcoming, type Upcoming, upcomingRecord } from '../../shared/as-of/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import type { Line } from '../output/line.ts';
import { indented } from '../output/line.ts';
import { table } from '../output/table.ts';
import { shortAction } from '../people/action-words.ts';
import { formatInstant } from '../text/format-instant.ts';
import { shortUpcoming } from './upcoming-words.ts';

/** The most changes of a lead that are listed. */
const mostListed = 10;

/** The changes that time alone makes to a lead. */
export interface Curve {
  readonly changes: readonly Upcoming[];
  /** Whether there are more changes after these. */
  readonly goesOn: boolean;
}

/** Follows a lead through time until nothing changes by itself any more, or the list is full. */
export const followTime = (model: ScoringModel, from: LeadState): Curve => {
  const changes = listUpcoming(model, from, mostListed + 1);
  return { changes: changes.slice(0, mostListed), goesOn: changes.length > mostListed };
};

const row = (change: Upcoming) => [
  formatInstant(change.at),
  shortUpcoming(change),
  ...(change.kind === 'change' ? [change.after.score, shortAction(change.after.action)] : ['–', '–']),
];

/** Returns what time alone makes of a lead as lines for people. */
export const curveWords = ({ changes, goesOn }: Curve): Line[] =>
  changes.length === 0
    ? indented(['nothing'])
    : indented([
        table([['when', 'what happens', 'score', 'next action'], ...changes.map(row)]),
        ...(goesOn ? ['and more later'] : []),
      ]);

/** Returns what time alone makes of a lead as fields for programs. */
export const curveRecord = ({ changes, goesOn }: Curve) => ({
  upcoming: changes.map(upcomingRecord),
  upcomingGoesOn: goesOn,
});
