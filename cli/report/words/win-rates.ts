import { alignedRows } from '../../text/table.ts';
import type { Readiness, WinRate, WinRates } from '../sections/win-rates.ts';
import { bestFirst } from '../tiers.ts';
import { fewestCases, indented, rateWords, tooFew } from './figures.ts';

const headings = ['won', 'lost', 'win rate (95 % sure to lie within)'];

const row = (name: string, rate: WinRate): (string | number)[] => [
  name,
  rate.won,
  rate.lost,
  rateWords(rate),
];

/** How many deals of each tier were won, for people. */
export const winRateWords = ({ byTier, all }: WinRates): string[] =>
  all.rate === null
    ? ['No deal has been won or lost.']
    : indented(
        alignedRows([
          ['tier', ...headings],
          ...bestFirst.map((tier) => row(tier, byTier[tier])),
          row('all', all),
        ]),
      );

const ratioWords = ({ slide, bant, ratio }: Readiness): string => {
  const enough = slide.won + bant.won >= fewestCases;
  const toOne = ratio === null || !enough ? tooFew : `${Math.round(ratio * 10) / 10} to 1`;
  return `Won with a complete situation slide to won on BANT alone: ${slide.won} to ${bant.won} (${toOne}).`;
};

/** What was won with a complete situation slide beside what was won on BANT alone, for people. */
export const readinessWords = (readiness: Readiness): string[] => {
  const { modelHasSlide, modelHasBant, slide, bant, neither } = readiness;
  if (!modelHasSlide) {
    return [
      'The model has no situation slide, so there is nothing to compare. Its section `slide` would say when a lead is ready for a demo.',
    ];
  }
  if (!modelHasBant) return ['The model has no BANT, so there is nothing to compare a complete slide with.'];
  return [
    ratioWords(readiness),
    '',
    ...indented(
      alignedRows([
        ['decided with', ...headings],
        row('a complete slide', slide),
        row('BANT alone', bant),
        row('neither', neither),
      ]),
    ),
  ];
};
