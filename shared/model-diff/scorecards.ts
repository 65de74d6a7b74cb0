import { showValue } from '../../events/index.ts';
import { describeNamed, entriesByName } from './fields.ts';

/** Returns the share of each dimension with a weight, in percent with at most one decimal. */
const computeShares = (scorecard: unknown): Map<string, number> => {
  const weights = [...entriesByName(scorecard)].filter(([, weight]) => Number(weight) > 0);
  const total = weights.reduce((sum, [, weight]) => sum + Number(weight), 0);
  return new Map(weights.map(([name, weight]) => [name, Math.round((1_000 * Number(weight)) / total) / 10]));
};

/** Lists the shares of a scorecard, such as `interest 60 %, fit 40 %`. */
const listShares = (scorecard: unknown): string =>
  [...computeShares(scorecard)].map(([name, share]) => `${name} ${share} %`).join(', ');

const changeOfScorecard = (title: string, before: unknown, after: unknown): string[] => {
  const [was, is] = [computeShares(before), computeShares(after)];
  const moved = [...new Set([...was.keys(), ...is.keys()])].flatMap((name) => {
    const [from, to] = [was.get(name) ?? 0, is.get(name) ?? 0];
    return from === to ? [] : [`${title}: ${name} has ${to} % of the weight instead of ${from} %`];
  });
  if (moved.length > 0) return moved;
  const [weights, others] = [showValue(after), showValue(before)];
  return [
    `${title}: the weights are ${weights} instead of ${others}; no share moves by a tenth of a percent`,
  ];
};

/** Describes the scorecards that differ, by the shares of the weights. */
export const describeScorecards = (before: unknown, after: unknown): string[] =>
  describeNamed(entriesByName(before), entriesByName(after), {
    title: (stage) => `The scorecard of ${showValue(stage)}`,
    added: (scorecard) => `: ${listShares(scorecard)}`,
    change: changeOfScorecard,
  });
