import type { ExpiryStep } from '../../events/index.ts';
import { findStep, type Handoff, nameStep } from '../../shared/follow-ups/index.ts';
import type { ModelDocument } from '../../shared/scoring/index.ts';
import { minute } from './lateness.ts';

/** The models whose policies have the deadlines of hand-offs, by version. */
export type Models = ReadonlyMap<string, ModelDocument>;

/** The step that follows if nobody answers an open hand-off by its deadline. */
export interface NextStep {
  readonly followedBy: ExpiryStep;
  /** UTC, ISO 8601. */
  readonly at: string;
  /** The queue or the person who has the hand-off then, or is reminded of it. */
  readonly to?: string | undefined;
}

/** Finds what comes next; undefined if the hand-off is answered, stands still, or has no deadline any more. */
export const findNextStep = (handoff: Handoff, models: Models): NextStep | undefined => {
  const { status, queue, firstQueue = queue, dueAt, deadline = 1, missed = [], modelVersion = '' } = handoff;
  if (status !== 'open' || dueAt === undefined || firstQueue === undefined) return undefined;
  if (missed.length >= deadline) return undefined;
  const step = findStep(models.get(modelVersion)?.policy.deadlines, { firstQueue, deadline });
  const followedBy = nameStep(step);
  if (step === undefined || 'recycle' in step) return { followedBy, at: dueAt };
  return {
    followedBy,
    at: dueAt,
    to: 'queue' in step ? step.queue : 'escalateTo' in step ? step.escalateTo : queue,
  };
};

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
  const next = findNextStep(handoff, models);
  if (next === undefined || next.followedBy === 'none') return undefined;
  const to = next.to === undefined ? '' : ` ${next.to}`;
  return `${verbs[next.followedBy]}${to} at ${formatWhen(next.at, now)}`;
};
