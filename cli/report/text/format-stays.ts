import type { StayLength, Stays } from '../../../shared/report/index.ts';
import type { Line } from '../../output/line.ts';
import { days, fewestCases, indentedTable, tooFew } from './format-figures.ts';

const headings = ['stays', 'half within', '9 of 10 within'];

const cells = ({ stays, medianDays, ninetiethPercentileDays }: StayLength): (string | number)[] =>
  stays < fewestCases ? [stays, tooFew, tooFew] : [stays, days(medianDays), days(ninetiethPercentileDays)];

/** Formats the length of stays at each stage, by tier and by lane. */
export const formatStays = ({ byTier, byLane, byStage }: Stays): Line[] => {
  if (byStage.length === 0) return ['No lead has left a stage yet.'];
  const lanes = byLane.some(({ lane }) => lane !== null);
  return [
    'Stays that have ended, by the tier that the lead had then.',
    '',
    indentedTable([
      ['stage', 'tier', ...headings],
      ...byStage.flatMap((stay) => [
        [stay.stage, 'all', ...cells(stay)],
        ...byTier.filter(({ stage }) => stage === stay.stage).map((of) => ['', of.tier, ...cells(of)]),
      ]),
    ]),
    ...(lanes
      ? [
          '',
          'The same by lane, the segment of the market that the lead is in.',
          '',
          indentedTable([
            ['stage', 'lane', ...headings],
            ...byLane.map((of) => [of.stage, of.lane ?? 'none known', ...cells(of)]),
          ]),
        ]
      : []),
  ];
};
