import type { ExpiryStep } from '../../events/index.ts';
import type { Deadlines } from '../scoring/index.ts';
import type { Handoff } from './handoff.ts';
import { findStep, nameStep } from './steps.ts';

/** The step that follows if nobody answers an open hand-off by its deadline. */
export interface NextStep {
  readonly followedBy: ExpiryStep;
  /** UTC, ISO 8601. */
  readonly at: string;
  /** The queue or the person who has the hand-off then, or is reminded of it. */
  readonly to?: string | undefined;
}

/**
 * Finds what comes next; undefined if the hand-off is answered, stands still, or has no deadline any more.
 *
 * @param deadlines those of the model that the hand-off names
 */
export const findNextStep = (handoff: Handoff, deadlines: Deadlines | undefined): NextStep | undefined => {
  const { status, queue, firstQueue = queue, dueAt, deadline = 1, missed = [] } = handoff;
  if (status !== 'open' || dueAt === undefined || firstQueue === undefined) return undefined;
  if (missed.length >= deadline) return undefined;
  const step = findStep(deadlines, { firstQueue, deadline });
  const followedBy = nameStep(step);
  if (step === undefined || 'recycle' in step) return { followedBy, at: dueAt };
  return {
    followedBy,
    at: dueAt,
    to: 'queue' in step ? step.queue : 'escalateTo' in step ? step.escalateTo : queue,
  };
};
