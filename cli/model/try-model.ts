import type { Tier } from '../../events/index.ts';
import { judge, type LeadState } from '../../shared/lead/index.ts';
import { type Explanation, explain, type Facts, type ScoringModel } from '../../shared/scoring/index.ts';
import { explainInWords } from '../explain/words.ts';
import type { Line } from '../output/line.ts';
import { leadRecord } from '../table/lead-record.ts';

/** The state of a lead as a model would judge it. Nothing of it is stored. */
export interface Tried {
  readonly state: LeadState;
  readonly explanation: Explanation;
  /** The present state if the lead is one of a stack; otherwise undefined. */
  readonly before: LeadState | undefined;
}

const tryFacts = (
  model: ScoringModel,
  facts: Facts,
  tier: Tier,
): Pick<Tried, 'explanation'> & { readonly standing: ReturnType<typeof judge>['standing'] } => {
  const { standing } = judge(model, facts, tier);
  return { standing, explanation: explain(model, facts, standing.stage, facts.seen) };
};

/** Judges facts from a file, of a lead that exists nowhere else. */
export const tryOnFacts = (model: ScoringModel, facts: Facts, name: string): Tried => {
  const { standing, explanation } = tryFacts(model, facts, 'none');
  return { state: { leadId: name, version: 0, facts, ...standing }, explanation, before: undefined };
};

/**
 * Judges a lead of a stack as its next event would be judged: a tier that it has is lost only beyond the hysteresis.
 */
export const tryOnLead = (model: ScoringModel, before: LeadState): Tried => {
  const { leadId, version, facts, tier } = before;
  const { standing, explanation } = tryFacts(model, facts, tier);
  return { state: { leadId, version, facts, ...standing }, explanation, before };
};

const beforeWords = ({ modelVersion, tier, score, stage }: LeadState): string =>
  `At present, by model ${modelVersion}: ${score} of 100 at stage ${stage}, tier ${tier}. Nothing of this is stored.`;

export const triedInWords = ({ state, explanation, before }: Tried): Line[] => [
  ...explainInWords(state, explanation),
  ...(before === undefined ? [] : ['', beforeWords(before)]),
];

const record = (state: LeadState) => ({
  ...leadRecord(state),
  action: state.action,
  ...(state.heldBack && { heldBack: state.heldBack }),
  ...(state.disqualification && { disqualification: state.disqualification }),
});

/** Returns the result as an object for `--json`. */
export const triedAsRecord = ({ state, explanation, before }: Tried) => ({
  ...record(state),
  explanation,
  ...(before && { before: record(before) }),
});
