import { quantileOf } from '../math.ts';
import { drawTimes, type Random } from '../random.ts';
import type { Estimate, Performance } from '../types.ts';

/** The judgement on some leads, and what became of them. */
export interface Judged {
  readonly scores: Float64Array;
  readonly probabilities: Float64Array;
  readonly outcomes: Uint8Array;
}

interface Figures {
  readonly auc: number;
  readonly lift: number;
  readonly brier: number;
  readonly calibrationError: number;
}

const groups = 10;

/** The same leads from the highest score down, with how often each counts. */
interface Sorted extends Judged {
  readonly times: Float64Array;
}

const sortDown = ({ scores, probabilities, outcomes }: Judged): Judged => {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => (scores[b] as number) - (scores[a] as number));
  return {
    scores: Float64Array.from(order, (i) => scores[i] as number),
    probabilities: Float64Array.from(order, (i) => probabilities[i] as number),
    outcomes: Uint8Array.from(order, (i) => outcomes[i] as number),
  };
};

/** Sums up leads of the same score together, so that their order doesn't matter. */
const listTies = ({ scores, probabilities, outcomes, times }: Sorted) => {
  const ties: { leads: number; won: number; expected: number }[] = [];
  for (let i = 0; i < scores.length; i++) {
    const n = times[i] as number;
    const tie = i > 0 && scores[i] === scores[i - 1] ? ties.at(-1) : undefined;
    const [won, expected] = [n * (outcomes[i] as number), n * (probabilities[i] as number)];
    if (tie === undefined) ties.push({ leads: n, won, expected });
    else {
      tie.leads += n;
      tie.won += won;
      tie.expected += expected;
    }
  }
  return ties;
};

/** Computes all figures in one walk down the scores. The area under the curve is the Mann-Whitney statistic. */
const computeFigures = (sorted: Sorted): Figures => {
  const ties = listTies(sorted);
  const leads = ties.reduce((sum, tie) => sum + tie.leads, 0);
  const won = ties.reduce((sum, tie) => sum + tie.won, 0);
  let [above, pairs, before, topWon] = [0, 0, 0, 0];
  const differences = new Array<number>(groups).fill(0);
  for (const tie of ties) {
    const lost = tie.leads - tie.won;
    pairs += lost * (above + tie.won / 2);
    above += tie.won;
    // A tie that reaches over the end of a group counts in each by its share.
    for (
      let group = Math.floor((before * groups) / leads), at = before;
      group < groups && tie.leads > 0;
      group++
    ) {
      const end = Math.min(before + tie.leads, ((group + 1) * leads) / groups);
      const share = Math.max(0, end - at) / tie.leads;
      if (group === 0) topWon += share * tie.won;
      differences[group] = (differences[group] as number) + share * (tie.expected - tie.won);
      at = Math.max(at, end);
      if (end >= before + tie.leads) break;
    }
    before += tie.leads;
  }
  let squares = 0;
  for (let i = 0; i < sorted.times.length; i++) {
    squares +=
      (sorted.times[i] as number) *
      ((sorted.probabilities[i] as number) - (sorted.outcomes[i] as number)) ** 2;
  }
  return {
    auc: pairs / (won * (leads - won)),
    lift: topWon / (leads / groups) / (won / leads),
    brier: squares / leads,
    calibrationError: differences.reduce((sum, difference) => sum + Math.abs(difference), 0) / leads,
  };
};

/** Returns the probability that a lead that succeeds has a higher score than one that doesn't; ties count half. */
export const computeAuc = (scores: Float64Array, outcomes: Uint8Array): number => {
  const times = new Float64Array(scores.length).fill(1);
  return computeFigures({ ...sortDown({ scores, probabilities: scores, outcomes }), times }).auc;
};

/** Returns the standard error of an area under the curve (Hanley and McNeil 1982). */
export const computeAucError = (auc: number, won: number, lost: number): number => {
  const one = auc / (2 - auc);
  const two = (2 * auc * auc) / (1 + auc);
  const variance = auc * (1 - auc) + (won - 1) * (one - auc * auc) + (lost - 1) * (two - auc * auc);
  return Math.sqrt(Math.max(0, variance) / (won * lost));
};

const draws = 200;

const estimate = (value: number, drawn: readonly number[]): Estimate => {
  const sorted = drawn.filter(Number.isFinite).toSorted((a, b) => a - b);
  if (sorted.length === 0) return { value, low: value, high: value };
  return { value, low: quantileOf(sorted, 0.05), high: quantileOf(sorted, 0.95) };
};

/** Measures how well leads were judged, with intervals by a Poisson bootstrap. Some leads must have succeeded, and some not. */
export const measure = (name: Performance['name'], judged: Judged, random: Random): Performance => {
  const sorted = sortDown(judged);
  const times = new Float64Array(sorted.scores.length);
  const seen = computeFigures({ ...sorted, times: times.fill(1) });
  const drawn = Array.from({ length: draws }, () => {
    for (let i = 0; i < times.length; i++) times[i] = drawTimes(random);
    return computeFigures({ ...sorted, times });
  });
  const of = (figure: keyof Figures) =>
    estimate(
      seen[figure],
      drawn.map((one) => one[figure]),
    );
  return {
    name,
    auc: of('auc'),
    lift: of('lift'),
    brier: of('brier'),
    calibrationError: of('calibrationError'),
  };
};
