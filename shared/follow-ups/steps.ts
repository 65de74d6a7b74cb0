import type { ExpiryStep } from '../../events/index.ts';
import type { Deadlines, ExpiryStepDocument } from '../scoring/index.ts';
import type { OpenHandoff } from './deadline.ts';

/** Finds the step that follows if the running deadline of a hand-off passes; undefined if the policy has none. */
export const findStep = (
  deadlines: Deadlines | undefined,
  { firstQueue, deadline }: Pick<OpenHandoff, 'firstQueue' | 'deadline'>,
): ExpiryStepDocument | undefined => {
  const steps = deadlines?.then ?? {};
  return Object.hasOwn(steps, firstQueue) ? steps[firstQueue]?.[deadline - 1] : undefined;
};

export const nameStep = (step: ExpiryStepDocument | undefined): ExpiryStep => {
  if (step === undefined) return 'none';
  if ('remindHours' in step) return 'remind';
  if ('queue' in step) return 'pass';
  return 'escalateTo' in step ? 'escalate' : 'recycle';
};
