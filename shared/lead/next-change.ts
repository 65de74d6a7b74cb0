import { hourMs, type Tier } from '../../events/index.ts';
import { computeTier, sameAction } from '../funnel/index.ts';
import {
  computeHour,
  type Facts,
  freeze,
  instantOf,
  listCuts,
  longestWindow,
  type ScoringModel,
  type Stretch,
} from '../scoring/index.ts';
import { createIsNear } from './announced-score.ts';
import { judgeLater } from './judge.ts';
import { findOverrideEnd } from './override.ts';
import { type LeadState, modelTierOf, type Standing } from './state.ts';

/** The hours after which nothing changes by itself any more: every window and every decay is over by then. */
const horizonHours = (longestWindow + 1) * 24;

/**
 * Returns whether two standings differ in what is announced or done, apart from the score, or in the tier by the model
 * while a person overrides it: its hysteresis goes on from there.
 */
export const hasChanged = (before: Standing, after: Standing): boolean =>
  before.stage !== after.stage ||
  before.status !== after.status ||
  before.tier !== after.tier ||
  before.heldBack !== after.heldBack ||
  before.overridden?.tier !== after.overridden?.tier ||
  before.overridden?.hold !== after.overridden?.hold ||
  before.demoReady !== after.demoReady ||
  before.disqualification?.disqualifier !== after.disqualification?.disqualifier ||
  !sameAction(before.action, after.action);

/**
 * Finds the first hour of a stretch at which the score leaves a range, such as that of its tier. A span is left out if
 * the highest and the lowest score that it may have are within the range; else its halves are searched. At one hour the
 * two are the score.
 */
const findExit = (
  stretch: Stretch,
  isWithin: (score: number) => boolean,
  from: number,
  to: number,
): number | undefined => {
  if (from > to) return undefined;
  if (isWithin(stretch.computeScore(from, to)) && isWithin(stretch.computeScore(to, from))) return undefined;
  if (from === to) return from;
  const middle = Math.floor((from + to) / 2);
  return findExit(stretch, isWithin, from, middle) ?? findExit(stretch, isWithin, middle + 1, to);
};

type IsWithin = (score: number) => boolean;

/** Returns whether a later score changes nothing, as long as nothing else differs; undefined if no score changes anything. */
const createStays = (
  { document: { tiers } }: ScoringModel,
  tier: Tier,
  { status }: Standing,
  isNear: IsWithin | undefined,
): IsWithin | undefined => {
  // A disqualified lead has no tier, whatever its score is.
  if (status === 'disqualified') return isNear;
  const isWithinTier: IsWithin = (score) => computeTier(tiers, score, tier) === tier;
  return isNear === undefined ? isWithinTier : (score) => isNear(score) && isWithinTier(score);
};

/**
 * Returns the hours after `from` at which a lead is judged anew, in ascending order: the cuts of its model, and the end
 * of an override.
 */
const listStarts = (model: ScoringModel, facts: Facts, from: number, last: number): number[] => {
  const end = findOverrideEnd(facts);
  const cuts = listCuts(model, facts, from, last);
  if (end === undefined || end <= from || end > last || cuts.includes(end)) return cuts;
  return [...cuts, end].sort((a, b) => a - b);
};

/** A time in which nothing but the score of a lead may change, with its standing at the first hour. */
interface Span {
  readonly standing: Standing;
  readonly start: number;
  readonly end: number;
}

/** Finds the first hour of a span, after its first one, at which the score leaves a range. */
const findExitOfSpan = (
  model: ScoringModel,
  state: LeadState,
  { standing, start, end }: Span,
  isNear: IsWithin | undefined,
): number | undefined => {
  const stays = createStays(model, modelTierOf(state), standing, isNear);
  if (stays === undefined || start >= end) return undefined;
  return findExit(freeze(model, state.facts, standing.stage, start, end), stays, start + 1, end);
};

/**
 * Finds the first hour at which a standing differs or its score leaves a range. Conditions change at the cuts only,
 * and an override at its end, where the lead is judged anew; between them nothing but the score can change, and by it the
 * tier. A state that may be older than its model is judged anew at the first hour too.
 */
const findChange = (
  model: ScoringModel,
  state: LeadState,
  { until = Number.POSITIVE_INFINITY, isJudged = false }: Search,
  isNear: IsWithin | undefined,
): number | undefined => {
  const { facts } = state;
  const now = computeHour(instantOf(facts));
  const horizon = Math.max(now + horizonHours, findOverrideEnd(facts) ?? 0);
  const last = Math.min(horizon, computeHour(until));
  if (last <= now) return undefined;
  const starts = isJudged
    ? listStarts(model, facts, now, last)
    : [now + 1, ...listStarts(model, facts, now + 1, last)];
  const endBefore = (i: number): number => (starts[i] ?? last + 1) - 1;
  if (isJudged) {
    const found = findExitOfSpan(model, state, { standing: state, start: now, end: endBefore(0) }, isNear);
    if (found !== undefined) return found * hourMs;
  }
  for (const [i, start] of starts.entries()) {
    const standing = judgeLater(model, state, start * hourMs);
    if (hasChanged(state, standing) || isNear?.(standing.score) === false) return start * hourMs;
    const found = findExitOfSpan(model, state, { standing, start, end: endBefore(i + 1) }, isNear);
    if (found !== undefined) return found * hourMs;
  }
  return undefined;
};

/** The time in which a change is searched. */
export interface Search {
  /** The last instant to look at, in milliseconds since 1970. @default the end of time */
  readonly until?: number;
  /** Whether this very model, by this release, has judged the state. @default false: it may be older than its model */
  readonly isJudged?: boolean;
}

/**
 * Finds the first whole hour after a lead's instant at which its stage, status, tier, action, hold-back, demo
 * readiness or override differs if nothing happens, or its score is to be announced.
 *
 * @returns milliseconds since 1970; undefined if nothing changes until then
 */
export const findNextChange = (
  model: ScoringModel,
  state: LeadState,
  search: Search = {},
): number | undefined => findChange(model, state, search, createIsNear(model, state));

/** Finds the next change as `findNextChange` does, whatever score is to be announced before it: a forecast for people. */
export const findNextMove = (
  model: ScoringModel,
  state: LeadState,
  search: Search = {},
): number | undefined => findChange(model, state, search, undefined);
