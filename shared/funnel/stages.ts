import { type Stage, stages, type TransitionKind } from '../../events/index.ts';

/** Returns the place of a stage in the funnel, from 0. */
export const rankOf = (stage: Stage): number => stages.indexOf(stage);

/**
 * Returns the kind of a move by the funnel's order. Usual moves go to the next stage. A skip or a step back is recorded
 * too, since a CRM's statement is a fact, and is marked as such.
 *
 * @example classifyTransition('lead', 'sql') // 'skipped'
 * @param from undefined for a lead that enters the funnel
 */
export const classifyTransition = (from: Stage | undefined, to: Stage): TransitionKind => {
  if (from === undefined) return 'entered';
  const step = rankOf(to) - rankOf(from);
  if (step === 0) return 'stayed';
  if (step < 0) return 'went-back';
  return step === 1 ? 'advanced' : 'skipped';
};
