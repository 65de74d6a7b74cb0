import { hourMs } from '../../events/index.ts';
import { computeTier, sameAction } from '../funnel/index.ts';
import {
  computeHour,
  freeze,
  instantOf,
  listCuts,
  longestWindow,
  type ScoringModel,
  type Stretch,
} from '../scoring/index.ts';
import { judge } from './judge.ts';
import type { LeadState, Standing } from './state.ts';

/** The hours after which nothing changes by itself any more: every window and every decay is over by then. */
const horizonHours = (longestWindow + 1) * 24;

/** Returns whether two standings differ in what is announced or done, and not only in the score. */
export const hasChanged = (before: Standing, after: Standing): boolean =>
  before.stage !== after.stage ||
  before.status !== after.status ||
  before.tier !== after.tier ||
  before.heldBack !== after.heldBack ||
  before.demoReady !== after.demoReady ||
  before.disqualification?.disqualifier !== after.disqualification?.disqualifier ||
  !sameAction(before.action, after.action);

/**
 * Finds the first hour of a stretch at which the score leaves its tier. A span is left out if the highest and the
 * lowest score that it may have are within the tier; else its halves are searched. At one hour the two are the score.
 */
const findTierChange = (
  stretch: Stretch,
  isWithin: (score: number) => boolean,
  from: number,
  to: number,
): number | undefined => {
  if (from > to) return undefined;
  if (isWithin(stretch.computeScore(from, to)) && isWithin(stretch.computeScore(to, from))) return undefined;
  if (from === to) return from;
  const middle = Math.floor((from + to) / 2);
  return findTierChange(stretch, isWithin, from, middle) ?? findTierChange(stretch, isWithin, middle + 1, to);
};

/**
 * Finds the first whole hour after a lead's instant at which its stage, status, tier, action, hold-back or demo
 * readiness differs if nothing happens. Conditions change at the cuts only, where the lead is judged anew; between them
 * nothing but the tier can change.
 *
 * @param until the last instant to look at, in milliseconds since 1970
 * @returns milliseconds since 1970; undefined if nothing changes until then
 */
export const findNextChange = (
  model: ScoringModel,
  state: LeadState,
  until: number = Number.POSITIVE_INFINITY,
): number | undefined => {
  const { facts, tier } = state;
  const now = computeHour(instantOf(facts));
  const last = Math.min(now + horizonHours, computeHour(until));
  const isWithinTier = (score: number): boolean => computeTier(model.document.tiers, score, tier) === tier;
  // The first hour is judged too: a state may be older than its model.
  const starts = [now + 1, ...listCuts(model, facts, now + 1, last)];
  for (const [i, start] of starts.entries()) {
    if (start > last) return undefined;
    const end = (starts[i + 1] ?? last + 1) - 1;
    const { standing } = judge(model, facts, tier, start * hourMs);
    if (hasChanged(state, standing)) return start * hourMs;
    if (standing.status === 'disqualified' || start === end) continue;
    const stretch = freeze(model, facts, standing.stage, start, end);
    const found = findTierChange(stretch, isWithinTier, start + 1, end);
    if (found !== undefined) return found * hourMs;
  }
  return undefined;
};
