import type { ExpiryStep } from '../../events/index.ts';
import { findNextStep, type Handoff, type NextStep } from '../../shared/follow-ups/index.ts';
import type { ModelDocument } from '../../shared/scoring/index.ts';
import { minute } from './due-words.ts';

/** The models whose policies have the deadlines of hand-offs, by version. */
export type Models = ReadonlyMap<string, ModelDocument>;

/** Finds what comes next by the policy that the hand-off follows; undefined if nothing does, or it isn't known. */
export const findNextOf = (handoff: Handoff, models: Models): NextStep | undefined =>
  findNextStep(handoff, models.get(handoff.modelVersion ?? '')?.policy.deadlines);

const verbs: Readonly<Record<Exclude<ExpiryStep, 'none'>, string>> = {
  remind: 'reminds',
  pass: 'passes to',
  escalate: 'escalates to',
  recycle: 'goes back to nurture',
};

/** Returns an instant as seen from now: the time alone if it is today. */
const formatWhen = (at: string, now: number): string =>
  at.slice(0, 10) === new Date(now).toISOString().slice(0, 10) ? at.slice(11, 16) : minute(at);

/**
 * Returns what comes next in words, with times in UTC; undefined if nothing does.
 *
 * @example 'passes to sales-backup at 13:00'
 */
export const nextWords = (handoff: Handoff, models: Models, now: number): string | undefined => {
  const { status, pausedAt, escalatedTo } = handoff;
  if (status !== 'open') return undefined;
  if (pausedAt !== undefined) return `stands still since ${formatWhen(pausedAt, now)}`;
  if (escalatedTo !== undefined) return `escalated to ${escalatedTo}`;
  const next = findNextOf(handoff, models);
  if (next === undefined || next.followedBy === 'none') return undefined;
  const to = next.to === undefined ? '' : ` ${next.to}`;
  return `${verbs[next.followedBy]}${to} at ${formatWhen(next.at, now)}`;
};
