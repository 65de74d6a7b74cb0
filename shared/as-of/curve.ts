import type { LeadState } from '../lead/index.ts';
import type { ScoringModel } from '../scoring/index.ts';
import { upcomingRecord } from './records.ts';
import { listUpcoming, type Upcoming } from './upcoming.ts';

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

/** Returns what time alone makes of a lead as fields for programs. */
export const curveRecord = ({ changes, goesOn }: Curve) => ({
  upcoming: changes.map(upcomingRecord),
  upcomingGoesOn: goesOn,
});
