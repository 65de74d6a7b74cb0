import type { Tally } from '../columns/tally.ts';
import { logit, logLoss } from '../math.ts';
import { type Mix, type OrderedBins, type Shape, weighShape } from './shapes.ts';

const add = (a: Tally, b: Tally): Tally => ({
  leads: a.leads.map((count, bin) => count + (b.leads[bin] as number)),
  successes: a.successes.map((count, bin) => count + (b.successes[bin] as number)),
});

const rateOf = ({ leads, successes }: Tally): number => {
  const count = leads.reduce((sum, n) => sum + n, 0);
  const won = successes.reduce((sum, n) => sum + n, 0);
  return (won + 0.5) / (count + 1);
};

/** The losses of each bin's leads that succeed, and of those that don't. */
type Losses = readonly (readonly [won: number, lost: number])[];

const computeLosses = (evidence: Float64Array, base: number): Losses =>
  Array.from(evidence, (weight) => {
    const margin = logit(base) + weight;
    return [logLoss(margin, true), logLoss(margin, false)];
  });

const monotoneShapes = ['steps', 'line by value', 'line by rank'] as const;

interface Gain {
  sum: number;
  squares: number;
}

/** Adds how much less one shape loses than another on the leads of a stretch of time. */
const addGain = (gain: Gain, { leads, successes }: Tally, one: Losses, other: Losses): void => {
  for (const [bin, [won, lost]] of one.entries()) {
    const [otherWon, otherLost] = other[bin] as readonly [number, number];
    const [n, w] = [leads[bin] as number, successes[bin] as number];
    gain.sum += w * (otherWon - won) + (n - w) * (otherLost - lost);
    gain.squares += w * (otherWon - won) ** 2 + (n - w) * (otherLost - lost) ** 2;
  }
};

/** A shape that isn't monotone is only taken if it loses less by so many standard errors: those of 95 %, one-sided. */
const clearly = 1.645;

const zero = (): Gain => ({ sum: 0, squares: 0 });

/** Calls back with what was learnt from the time before and the usual rates, for each stretch of time but the first. */
const foretell = (
  stretches: readonly Tally[],
  judge: (before: Tally, next: Tally, learnt: number, base: number) => void,
): void => {
  let before = stretches[0] as Tally;
  for (const next of stretches.slice(1)) {
    judge(before, next, rateOf(before), rateOf(next));
    before = add(before, next);
  }
};

/**
 * Returns how much log loss evidence spares, in all, on stretches of time that it wasn't learnt from; not above 0 if it
 * foretells nothing.
 */
export const computeForetold = (
  stretches: readonly Tally[],
  weigh: (tally: Tally, base: number) => Float64Array,
): number => {
  const gain = zero();
  foretell(stretches, (before, next, learnt, base) => {
    const evidence = weigh(before, learnt);
    const nothing = computeLosses(
      evidence.map(() => 0),
      base,
    );
    addGain(gain, next, computeLosses(evidence, base), nothing);
  });
  return gain.sum;
};

/** A shape with a smaller share is left out. */
const leastShare = 0.05;

/** The log loss by which steps have to be better to share alike: they follow chance more easily than a line does. */
const freedomOfSteps = 2;

/** Returns each shape's share: how likely it made what came later, in proportion (Dawid 1984). */
const shareOut = (gains: Readonly<Record<(typeof monotoneShapes)[number], Gain>>): Mix => {
  const rated = monotoneShapes.map((shape) => ({
    shape,
    gain: gains[shape].sum - (shape === 'steps' ? freedomOfSteps : 0),
  }));
  const best = Math.max(...rated.map(({ gain }) => gain));
  const likely = rated
    .map(({ shape, gain }) => ({ shape, share: Math.exp(gain - best) }))
    .filter(({ share }) => share >= leastShare);
  const all = likely.reduce((sum, { share }) => sum + share, 0);
  return likely.map(({ shape, share }) => ({ shape, share: share / all }));
};

/**
 * Chooses how the evidence of ordered bins follows their numbers, by how well each shape that was learnt from the time
 * before foretells the outcomes of the next stretch of time. Shapes that do it about as well share in the evidence. One
 * that isn't monotone has to be clearly better.
 *
 * @param stretches the tallies of successive stretches of time
 */
export const chooseShapes = (stretches: readonly Tally[], bins: OrderedBins): Mix => {
  const gains = { steps: zero(), 'line by value': zero(), 'line by rank': zero() };
  const freeGains = { steps: zero(), 'line by value': zero(), 'line by rank': zero() };
  foretell(stretches, (before, next, learnt, base) => {
    const lossesOf = (shape: Shape) => computeLosses(weighShape(shape, before, learnt, bins), base);
    const [steps, free] = [lossesOf('steps'), lossesOf('free')];
    for (const shape of monotoneShapes) {
      const losses = shape === 'steps' ? steps : lossesOf(shape);
      addGain(gains[shape], next, losses, steps);
      addGain(freeGains[shape], next, free, losses);
    }
  });
  const best = monotoneShapes.toSorted((a, b) => gains[b].sum - gains[a].sum)[0] ?? 'steps';
  const { sum, squares } = freeGains[best];
  return sum > clearly * Math.sqrt(squares) ? [{ shape: 'free', share: 1 }] : shareOut(gains);
};
