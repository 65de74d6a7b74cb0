import { computeAuc, computeAucError } from './figures/measure.ts';
import { computeMargins } from './fit/refine.ts';
import { fitEffects } from './fit/settings.ts';
import type { Sample } from './fit/strengths.ts';
import { type Plan, weighPlan } from './fit/weigh.ts';
import { hasBothOutcomes } from './leaks.ts';
import { type Random, shuffleIndexes } from './random.ts';

const shuffles = 5;

/**
 * The standard errors by which the mean AUC may differ from 0.5: of a normal distribution, one in 2,000 is further off.
 */
const allowedErrors = 3.5;

/**
 * Learns from outcomes that were dealt out at random, and judges later leads by it: the mean AUC must be 0.5, since
 * nothing foretells them. Anything else would mean that the fit sees the outcomes that it is judged by.
 *
 * @returns a reason why nothing can be trusted; undefined if all is well
 */
export const checkShuffled = (
  plans: readonly Plan[],
  { outcomes }: Sample,
  learn: Int32Array,
  judge: Int32Array,
  random: Random,
): string | undefined => {
  const aucs: number[] = [];
  let variances = 0;
  for (let n = 0; n < shuffles; n++) {
    const order = shuffleIndexes(outcomes.length, random);
    const dealt = Uint8Array.from(order, (i) => outcomes[i] as number);
    const fit = { outcomes: dealt, indexes: learn };
    const judged = { outcomes: dealt, indexes: judge };
    if (!hasBothOutcomes(fit) || !hasBothOutcomes(judged)) continue;
    const weighed = plans.map((plan) => weighPlan(plan, fit));
    const effects = fitEffects(weighed, fit, { ridge: 1e6, held: Number.POSITIVE_INFINITY });
    const of = Uint8Array.from(judge, (i) => dealt[i] as number);
    const won = of.reduce((sum, one) => sum + one, 0);
    aucs.push(computeAuc(computeMargins(weighed, effects, judge), of));
    variances += computeAucError(0.5, won, of.length - won) ** 2;
  }
  if (aucs.length === 0) return undefined;
  const mean = aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length;
  const error = Math.sqrt(variances) / aucs.length;
  return Math.abs(mean - 0.5) <= allowedErrors * error
    ? undefined
    : `outcomes that were dealt out at random are foretold with an AUC of ${mean.toFixed(3)} instead of 0.5: the fit has seen the outcomes that it is judged by, so no figure can be trusted; this is a fault of Sluice`;
};
