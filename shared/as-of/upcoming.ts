import { clockEvent, computeRetentionEnd, decide, findNextMove, type LeadState } from '../lead/index.ts';
import type { ScoringModel } from '../scoring/index.ts';

/** A change of a lead that time alone makes. */
export interface TimeChange {
  readonly kind: 'change';
  readonly at: number;
  readonly before: LeadState;
  readonly after: LeadState;
}

/** Something that happens to a lead by itself, if nothing else happens before. Instants are milliseconds since 1970. */
export type Upcoming =
  | TimeChange
  /** The history of the lead is loaded by then, if no more of it comes, and its standing is announced. */
  | { readonly kind: 'settled'; readonly at: number }
  /** The lead is erased, since nothing was heard of it for as long as its model retains leads. */
  | { readonly kind: 'erased'; readonly at: number }
  /** The deadline of an open hand-off. */
  | { readonly kind: 'handoffDue'; readonly at: number; readonly queue: string }
  /** The beginning of a nurture track for which the lead waits. */
  | { readonly kind: 'nurtureStart'; readonly at: number; readonly track: string };

/** Returns whether a deadline has passed: the hand-off still waits for its answer. */
export const isMissed = ({ kind, at }: Upcoming, now: number): boolean => kind === 'handoffDue' && at <= now;

/**
 * Lists what time alone makes of a lead, from its own instant on. The list ends early if nothing changes any more, or
 * with the erasure of the lead.
 *
 * @param most the most changes to list
 */
export const listUpcoming = (model: ScoringModel, from: LeadState, most: number): Upcoming[] => {
  const { announced: _announced, ...settled } = from;
  const found: Upcoming[] = [];
  let before: LeadState = settled;
  while (found.length < most) {
    const at = findNextMove(model, before);
    const end = computeRetentionEnd(model, before.facts);
    if (end !== undefined && (at === undefined || end <= at)) return [...found, { kind: 'erased', at: end }];
    if (at === undefined) break;
    const { state: after } = decide(model, before, clockEvent(before.leadId, at));
    found.push({ kind: 'change', at, before, after });
    before = after;
  }
  return found;
};
