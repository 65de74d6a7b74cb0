import { bestFirst } from '../../../shared/report/index.ts';
import type { Line } from '../../output/line.ts';
import { indentedTable, percent } from '../../report/text/format-figures.ts';
import { formatCount } from '../../text/format-count.ts';
import { fewestDeals, type TierWins, type WinRates } from '../win-rates.ts';

const whole = (share: number): number => Math.round(share * 100);

const rateWords = ({ rate }: TierWins): string =>
  rate === null ? 'too few' : `${percent(rate.share)} (${whole(rate.low)} to ${percent(rate.high)})`;

const cells = (wins: TierWins): (string | number)[] => [wins.won, wins.lost, rateWords(wins)];

/** Formats the share of deals that were won, by the tier that each model gave just before the end. */
export const formatWins = ({ byTier, all, unknownBefore }: WinRates): Line[] => {
  const unknown = unknownBefore.won + unknownBefore.lost;
  const notCounted =
    unknown === 0
      ? []
      : [`  Not counted: ${formatCount(unknown, 'lead')} of which nothing was known before the deal ended.`];
  if (all.won + all.lost === 0) return ['  No deal has been won or lost.', ...notCounted];
  return [
    `  ${formatCount(all.won + all.lost, 'lead')} whose first deal was won or lost, judged by what was known just before. In brackets is`,
    `  the 95 % confidence interval; below ${fewestDeals} leads it says nothing.`,
    '',
    indentedTable([
      ['tier', 'won by A', 'lost by A', 'win rate by A', 'won by B', 'lost by B', 'win rate by B'],
      ...bestFirst.map((tier) => [tier, ...cells(byTier.a[tier]), ...cells(byTier.b[tier])]),
      ['all', ...cells(all), ...cells(all)],
    ]),
    ...notCounted,
  ];
};
