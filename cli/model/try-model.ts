import {
  asOfRecord,
  type Curve,
  curveRecord,
  followTime,
  fromNowOn,
  type LeadAsOf,
  leadRecord,
} from '../../shared/as-of/index.ts';
import { instantOfDocument } from '../../shared/facts-document/index.ts';
import { judge, type LeadState, modelTierOf } from '../../shared/lead/index.ts';
import {
  type Explanation,
  explain,
  type Facts,
  instantOf,
  type ScoringModel,
} from '../../shared/scoring/index.ts';
import { curveWords } from '../as-of/curve.ts';
import { reportNotRetained } from '../as-of/not-shown.ts';
import { asOfWords } from '../as-of/words.ts';
import { UsageError } from '../errors.ts';
import { explainInWords } from '../explain/words.ts';
import { heading, type Line } from '../output/line.ts';

/** The state of a lead as a model would judge it. Nothing of it is stored. */
export interface Tried extends LeadAsOf {
  readonly explanation: Explanation;
  readonly curve: Curve;
  /** The state by the model that judged it, if the lead is one of a stack; otherwise undefined. */
  readonly before: LeadState | undefined;
}

const explained = (lead: LeadAsOf, before: LeadState | undefined): Tried => {
  const { model, state } = lead;
  const { facts, stage } = state;
  const curve = followTime(model, state);
  return {
    ...lead,
    next: curve.changes.slice(0, 1),
    explanation: explain(model, facts, stage, instantOf(facts)),
    curve,
    before,
  };
};

/**
 * Judges facts from a file, of a lead that exists nowhere else.
 *
 * @param given the instant as of which it is judged; by default that of the facts
 * @throws UsageError if that is earlier than the facts
 */
export const tryOnFacts = (model: ScoringModel, facts: Facts, name: string, given?: number): Tried => {
  const known = instantOfDocument(facts);
  const at = given ?? known;
  if (at < known) {
    const [shown, allowed] = [at, known].map((instant) => new Date(instant).toISOString());
    throw new UsageError(`--at: given ${shown}; allowed: the instant of the facts, ${allowed}, or later`);
  }
  const state = { leadId: name, version: 0, facts, ...judge(model, facts, 'none').standing };
  const tense = at === known ? 'present' : 'future';
  return explained(
    reportNotRetained(() => fromNowOn(model, state, { at, tense })),
    undefined,
  );
};

/**
 * Judges a lead of a stack as its next event would be judged: a tier that it has is lost only beyond the hysteresis.
 */
export const tryOnLead = (model: ScoringModel, { at, tense, state: before }: LeadAsOf): Tried => {
  const { leadId, version, facts } = before;
  const state = { leadId, version, facts, ...judge(model, facts, modelTierOf(before)).standing };
  return explained({ at, tense, state, model, meanwhile: [], next: [] }, before);
};

const beforeWords = ({ tense }: LeadAsOf, { modelVersion, tier, score, stage }: LeadState): string =>
  `${tense === 'present' ? 'At present, by' : 'By'} model ${modelVersion}: ${score} of 100 at stage ${stage}, tier ${tier}. Nothing of this is stored.`;

export const triedInWords = (tried: Tried): Line[] => [
  ...explainInWords(tried.state, tried.explanation, { time: asOfWords(tried) }),
  '',
  heading('What happens by itself, if nothing else happens:'),
  ...curveWords(tried.curve),
  ...(tried.before === undefined ? [] : ['', beforeWords(tried, tried.before)]),
];

const record = (state: LeadState) => ({
  ...leadRecord(state),
  action: state.action,
  ...(state.heldBack && { heldBack: state.heldBack }),
  ...(state.disqualification && { disqualification: state.disqualification }),
});

/** Returns the result as an object for `--json`. */
export const triedAsRecord = (tried: Tried) => ({
  ...record(tried.state),
  ...asOfRecord(tried),
  ...curveRecord(tried.curve),
  explanation: tried.explanation,
  ...(tried.before && { before: record(tried.before) }),
});
