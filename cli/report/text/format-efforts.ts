import { bestFirst, type Efforts, poorTiers, type Spent, sumOver } from '../../../shared/report/index.ts';
import type { Line } from '../../output/line.ts';
import { formatShare, hours, indentedTable, percent } from './format-figures.ts';

const poorShare = ({ total, byTier }: Spent): string => formatShare(sumOver(poorTiers, byTier), total);

const row = (name: string, spent: Spent, poor: string): (string | number)[] => [
  name,
  ...bestFirst.map((tier) => hours(spent.byTier[tier])),
  hours(spent.total),
  poor,
];

const sentence = ({ times, hours: spent }: Efforts): string => {
  const poor = sumOver(poorTiers, times.byTier);
  const inHours =
    spent === null || spent.poorShare === null
      ? ''
      : `, and ${hours(sumOver(poorTiers, spent.byTier))} of ${hours(spent.total)} hours (${percent(spent.poorShare)})`;
  return `Of ${times.total} efforts ${poor} (${poorShare(times)}) went to leads that were risky or had no tier${inHours}.`;
};

/** Formats the pre-sales effort by tier. */
export const formatEfforts = (efforts: Efforts): Line[] => {
  if (efforts.each.length === 0) {
    return [
      'The model names no efforts before the sale. Its section `efforts` lists the activities that count as such.',
    ];
  }
  if (efforts.times.total === 0) return ['None of the efforts that the model names has been recorded.'];
  const rows = [
    ['effort', ...bestFirst, 'all', 'on risky and none'],
    ...efforts.each.map(({ title, times }) => row(title, times, poorShare(times))),
    row('all of them', efforts.times, poorShare(efforts.times)),
    // Hours aren't cases: five of them may be a single proof of concept.
    ...(efforts.hours === null
      ? []
      : [
          row(
            'in hours',
            efforts.hours,
            efforts.hours.poorShare === null ? '' : percent(efforts.hours.poorShare),
          ),
        ]),
  ];
  return [sentence(efforts), '', indentedTable(rows)];
};
