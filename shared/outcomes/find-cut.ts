import { stages } from '../../events/index.ts';
import { resolveStage } from '../funnel/index.ts';
import { noFacts, type ScoringModel } from '../scoring/index.ts';
import type { Cut } from './cut.ts';
import { foldAll, type Moment } from './lead-events.ts';

/** Returns the first instant after whose events the lead is at the stage or a later one; undefined if there is none. */
const findReached = (
  moments: readonly Moment[],
  from: number,
  { document }: ScoringModel,
): number | undefined => {
  let facts = noFacts;
  const isThere = (): boolean => stages.indexOf(resolveStage(facts, document).stage) >= from;
  for (const { at, said, outcomes } of moments) {
    facts = foldAll(facts, said);
    if (said.length > 0 && isThere()) return at;
    facts = foldAll(facts, outcomes);
    if (outcomes.length > 0 && isThere()) return at;
  }
  return undefined;
};

/**
 * Finds the cut of a lead, in milliseconds since 1970: when it first was at the stage or a later one by the rules of a
 * model, or when it was first heard of, and so many days after that. It is undefined for a lead that never came there.
 */
export const findCut = (moments: readonly Moment[], cut: Cut, model: ScoringModel): number | undefined => {
  const from =
    cut.from === 'created' ? moments[0]?.at : findReached(moments, stages.indexOf(cut.from), model);
  return from === undefined ? undefined : from + cut.plusMs;
};
