import { bestFirst, type Readiness, type WinRate, type WinRates } from '../../../shared/report/index.ts';
import type { Line } from '../../output/line.ts';
import { fewestCases, formatRate, indentedTable, tooFew } from './format-figures.ts';

const headings = ['won', 'lost', 'win rate (95 % confidence interval)'];

const row = (name: string, rate: WinRate): (string | number)[] => [
  name,
  rate.won,
  rate.lost,
  formatRate(rate),
];

/** Formats the share of deals that were won, for each tier. */
export const formatWinRates = ({ byTier, all }: WinRates): Line[] =>
  all.rate === null
    ? ['No deal has been won or lost.']
    : [
        indentedTable([
          ['tier', ...headings],
          ...bestFirst.map((tier) => row(tier, byTier[tier])),
          row('all', all),
        ]),
      ];

const formatRatio = ({ slide, bant, ratio }: Readiness): string => {
  const enough = slide.won + bant.won >= fewestCases;
  const toOne = ratio === null || !enough ? tooFew : `${Math.round(ratio * 10) / 10} to 1`;
  return `Deals won with a complete situation slide (ready for a demo), compared with those won on BANT alone (budget, authority, need, time frame): ${slide.won} to ${bant.won} (${toOne}).`;
};

/** Formats the deals won with a complete situation slide beside those won on BANT alone. */
export const formatReadiness = (readiness: Readiness): Line[] => {
  const { modelHasSlide, modelHasBant, slide, bant, neither } = readiness;
  if (!modelHasSlide) {
    return [
      'The model has no situation slide, so there is nothing to compare. Its section `slide` would define when a lead is ready for a demo.',
    ];
  }
  if (!modelHasBant) return ['The model has no BANT, so there is nothing to compare a complete slide with.'];
  return [
    formatRatio(readiness),
    '',
    indentedTable([
      ['decided with', ...headings],
      row('a complete slide', slide),
      row('BANT alone', bant),
      row('neither', neither),
    ]),
  ];
};
