import { sameAction } from '../../shared/funnel/index.ts';
import type { Invariant } from './evidence.ts';
import { type Folded, foldedLedgers, type Step } from './steps.ts';

/** Returns whether an event is no one of the lead's own: a rescoring, or that time has come. */
const isForeign = ({ entry: { event } }: Step): boolean =>
  event.type === 'LeadRescoreRequested' || event.type === 'LeadClockAdvanced';

/**
 * Finds entries that start or stop something after a quiet activation, although no event of the lead's own has come
 * since.
 */
const findLoud = (leadId: string, { steps }: Folded): string[] => {
  let isQuiet = false;
  return steps.flatMap((step) => {
    const { event, sk, actionChanged, standing } = step.entry;
    if (!isForeign(step)) {
      isQuiet = false;
      return [];
    }
    if (event.type === 'LeadRescoreRequested')
      isQuiet = event.data.actions === 'none' || (isQuiet && event.data.actions === undefined);
    const was = step.before?.state.announced === undefined ? step.before?.state.action : undefined;
    const isLoud = isQuiet && (actionChanged || (was !== undefined && !sameAction(was, standing.action)));
    return isLoud
      ? [`${leadId} starts or stops something by ${sk}, after an activation without actions`]
      : [];
  });
};

/**
 * Finds changes by a rescoring that don't say that a model has caused them. Those of a lead whose history isn't settled
 * are silent, and say nothing of a cause: its settlement does.
 */
const findUnexplained = (leadId: string, { steps }: Folded): string[] =>
  steps.flatMap(({ entry: { event, changes, silent, sk } }) =>
    event.type === 'LeadRescoreRequested' && event.data.actions !== undefined && !silent
      ? changes
          .filter((change) => !('trigger' in change) || change.trigger !== 'model')
          .map(({ type }) => `${leadId} has a ${type} by ${sk} that doesn't say that a model caused it`)
      : [],
  );

export const quiet: Invariant = {
  id: 'quiet',
  rule: "an activation without actions starts and stops nothing until a lead's next own event; what it changes says that a model did it",
  check: (evidence) =>
    [...foldedLedgers(evidence)].flatMap(([leadId, folded]) => [
      ...findLoud(leadId, folded),
      ...findUnexplained(leadId, folded),
    ]),
};
