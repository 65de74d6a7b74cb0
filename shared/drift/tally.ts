import { stages } from '../../events/index.ts';
import { resolveStage } from '../funnel/index.ts';
import { evaluate, type Facts, findApplied, type ScoringModel } from '../scoring/index.ts';
import type { AnswerCounts, DriftTally, OutcomeCount } from './types.ts';

/** One bin for each whole point of a score. */
const bins = 101;

/** The outcomes and verdicts that a lead has only after it was qualified. */
const hasCome = ({ outcomes, verdicts, accepted, rejected }: Facts): boolean =>
  Object.keys(outcomes).length > 0 ||
  verdicts !== undefined ||
  accepted !== undefined ||
  rejected !== undefined;

/** Returns whether a lead is at the stage mql or a later one, or may have been before it was given back. */
export const mayBeQualified = (model: ScoringModel, facts: Facts): boolean =>
  stages.indexOf(resolveStage(facts, model.document).stage) >= stages.indexOf('mql') || hasCome(facts);

const binOf = (score: number): number => Math.max(0, Math.min(bins - 1, Math.floor(score)));

const oneIn = (bin: number): number[] => Array.from({ length: bins }, (_, i) => (i === bin ? 1 : 0));

const noOutcomes: readonly OutcomeCount[] = Array.from({ length: bins }, () => [0, 0] as const);

/** The tally of no lead. */
export const emptyTally: DriftTally = { leads: 0, scores: oneIn(-1), criteria: {}, outcomes: noOutcomes };

/**
 * Returns the tally of one lead: its score, and what applied to it of each criterion.
 *
 * @param at the instant as of which it is judged, in milliseconds since 1970
 */
export const tallyLead = (model: ScoringModel, facts: Facts, at: number): DriftTally => {
  const { score, reading } = evaluate(model, facts, resolveStage(facts, model.document).stage, at);
  const applied = model.dimensions.flatMap(({ criteria }) =>
    criteria.map((criterion) => [criterion.id, { [findApplied(criterion, reading)]: 1 }] as const),
  );
  return {
    leads: 1,
    scores: oneIn(binOf(score)),
    criteria: Object.fromEntries(applied),
    outcomes: noOutcomes,
  };
};

/**
 * Returns the tally of the outcome of one lead.
 *
 * @param score the score that the lead had when it was qualified
 */
export const tallyOutcome = (score: number, hasWon: boolean): DriftTally => ({
  ...emptyTally,
  outcomes: noOutcomes.map((none, i) => (i === binOf(score) ? [1, hasWon ? 1 : 0] : none)),
});

const addCounts = (a: AnswerCounts = {}, b: AnswerCounts = {}): AnswerCounts => {
  const sum: Record<string, number> = { ...a };
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
};

const addCriteria = (a: DriftTally['criteria'], b: DriftTally['criteria']): DriftTally['criteria'] =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((id) => [id, addCounts(a[id], b[id])]),
  );

/** Returns the tally of two disjoint sets of leads together. The order doesn't matter. */
export const mergeTallies = (a: DriftTally, b: DriftTally): DriftTally => ({
  leads: a.leads + b.leads,
  scores: a.scores.map((count, i) => count + (b.scores[i] ?? 0)),
  criteria: addCriteria(a.criteria, b.criteria),
  outcomes: a.outcomes.map(([leads, won], i) => {
    const [moreLeads, moreWon] = b.outcomes[i] ?? [0, 0];
    return [leads + moreLeads, won + moreWon];
  }),
});
