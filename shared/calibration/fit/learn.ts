import type { Source } from '../columns/sources.ts';
import type { Effects } from './refine.ts';
import { chooseSettings, type Fold, fitEffects, type Settings } from './settings.ts';
import type { Sample, Weighed } from './strengths.ts';
import { type Plan, planSources, weighPlan } from './weigh.ts';

/** The way in which a fit is made, as chosen by later time. */
export interface Method {
  readonly plans: readonly Plan[];
  readonly settings: Settings;
}

/** The weights and effects that were learnt from a sample. */
export interface Learnt {
  readonly weighed: readonly Weighed[];
  readonly effects: Effects;
}

const hasBoth = ({ outcomes, indexes }: Sample): boolean =>
  indexes.some((i) => outcomes[i] === 1) && indexes.some((i) => outcomes[i] === 0);

/** The leads to fit on, and the others, on which a fit is judged. */
type Part = readonly [fit: Int32Array, next: Int32Array];

/** Returns the leads between two shares of the time. */
const between = (indexes: Int32Array, from: number, to: number): Int32Array =>
  indexes.subarray(Math.floor(from * indexes.length), Math.floor(to * indexes.length));

/** The stretches of time on which fits are judged in turn if there are few leads: each is foretold by all others. */
const turns = 5;

const listTurns = (indexes: Int32Array): Part[] =>
  Array.from({ length: turns }, (_, k): Part => {
    const [from, to] = [k / turns, (k + 1) / turns];
    const others = [...between(indexes, 0, from), ...between(indexes, to, 1)];
    return [Int32Array.from(others), between(indexes, from, to)];
  });

/** Lists the last two fifths of the time, each of which is foretold by all that was before. */
const listLater = (indexes: Int32Array): Part[] =>
  [0.6, 0.8].map((from): Part => [between(indexes, 0, from), between(indexes, from, from + 0.2)]);

/** With fewer leads of the rarer outcome, two fifths of the time say too little of how to fit. */
const enough = 500;

const listParts = ({ outcomes, indexes }: Sample): Part[] => {
  const won = indexes.reduce((sum, i) => sum + (outcomes[i] as number), 0);
  return Math.min(won, indexes.length - won) < enough ? listTurns(indexes) : listLater(indexes);
};

const makeFold = (plans: readonly Plan[], outcomes: Uint8Array, part: Part): Fold => {
  const [fit, next] = part.map((indexes) => ({ outcomes, indexes })) as [Sample, Sample];
  return { fit, next, weighed: hasBoth(fit) ? plans.map((plan) => weighPlan(plan, fit)) : [] };
};

/** Naive Bayes, for leads too few to choose by. */
const cautious: Settings = { ridge: 1e6, held: Number.POSITIVE_INFINITY };

/** Chooses how to learn from leads, which are in the order of time. */
export const chooseMethod = (sources: readonly Source[], sample: Sample): Method => {
  const plans = planSources(sources, sample);
  const usable = listParts(sample)
    .map((part) => makeFold(plans, sample.outcomes, part))
    .filter(({ fit, next }) => hasBoth(fit) && hasBoth(next));
  return { plans, settings: usable.length === 0 || plans.length === 0 ? cautious : chooseSettings(usable) };
};

/** Learns the effects of bins from leads. */
export const learn = ({ plans, settings }: Method, sample: Sample): Learnt => {
  const weighed = plans.map((plan) => weighPlan(plan, sample));
  return { weighed, effects: fitEffects(weighed, sample, settings) };
};
