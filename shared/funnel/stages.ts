import { type Stage, stages, type TransitionKind } from '../../events/index.ts';

export const rankOf = (stage: Stage): number => stages.indexOf(stage);

/**
 * Returns the kind of a move by the funnel's order. Only steps to the next stage are the rule; a skip or a step back is
 * recorded all the same, since a CRM's statement is a fact, and marked as such.
 */
export const kindOfTransition = (from: Stage | undefined, to: Stage): TransitionKind => {
  if (from === undefined) return 'entered';
  const step = rankOf(to) - rankOf(from);
  if (step === 0) return 'stayed';
  if (step < 0) return 'went-back';
  return step === 1 ? 'advanced' : 'skipped';
};
