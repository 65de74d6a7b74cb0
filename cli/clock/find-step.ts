import { hourMs } from '../../events/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import type { EarliestDue } from './due-items.ts';

/**
 * Returns the time within which nothing falls due that a lead's change begins, in milliseconds: the shortest deadline of
 * the model. A lead catches up hour by hour, so until then it makes no difference that it is woken late.
 */
export const computeLeeway = ({ document: { policy } }: ScoringModel): number => {
  // A nurture track may have to wait for any time that is left of its cooldown.
  if (policy.nurture !== undefined) return hourMs;
  const steps = Object.values(policy.deadlines?.then ?? {}).flat();
  const hours = [
    ...policy.rules.flatMap(({ action }) => (action.kind === 'handoff' ? [action.dueHours] : [])),
    ...steps.flatMap((step) =>
      'remindHours' in step ? [step.remindHours] : 'dueHours' in step ? [step.dueHours] : [],
    ),
  ];
  return Math.min(24, ...hours) * hourMs;
};

/**
 * Returns the next instant to which the clock is to be moved; undefined if nothing is due until the given one. Follow-ups
 * are handled at their own instants, and leads before them.
 */
export const findStep = (
  { lead, followUp }: Omit<EarliestDue, 'hour'>,
  leeway: number,
  until: number,
): number | undefined => {
  if (Math.min(lead, followUp) > until) return undefined;
  if (followUp <= lead) return followUp;
  return Math.min(lead + leeway, followUp - 1, until);
};
