import { computeEffects, type Effects, refineEffects } from './fit/refine.ts';
import { computeBaseRate, fitStrengths, type Sample, type Weighed } from './fit/strengths.ts';
import { logit } from './math.ts';

const none = (weighed: readonly Weighed[], sample: Sample): Effects => ({
  effects: weighed.map(({ column }) => new Float64Array(column.size)),
  constant: logit(computeBaseRate(sample)),
});

/** Other ways to learn from the same bins, which the document is compared with. */
export const rivals = {
  /** Every column counts in full, as if no two said the same: what Odoo's lead scoring does. */
  'naive Bayes': (weighed: readonly Weighed[], sample: Sample): Effects =>
    computeEffects(
      weighed,
      fitStrengths(
        weighed.map((one) => ({ ...one, prior: 1 })),
        sample,
        1e9,
      ),
    ),
  /** A logistic regression on one column a bin, with the usual ridge of 1. */
  'logistic regression': (weighed: readonly Weighed[], sample: Sample): Effects => {
    const base = computeBaseRate(sample);
    const free = weighed.map((one) => ({ ...one, monotone: undefined }));
    return refineEffects(free, none(free, sample), sample, 1 / (base * (1 - base)));
  },
} as const;
