import { type Aftermath, bestFirst, type Customers, followUps } from '../../../shared/report/index.ts';
import type { Line } from '../../output/line.ts';
import { formatCount } from '../../text/format-count.ts';
import { formatShare, hours, indentedTable } from './format-figures.ts';

const headings = ['won as', 'wins', ...followUps, 'nothing yet', 'rescued', 'rescues', 'hours'];

const row = (name: string, of: Aftermath, hasHours: boolean): (string | number)[] => [
  name,
  of.wins,
  ...followUps.map((followUp) => of[followUp]),
  of.nothingYet,
  of.rescued,
  of.rescues,
  ...(hasHours ? [hours(of.rescueHours ?? 0)] : []),
];

const shareRow = (name: string, of: Aftermath): (string | number)[] => [
  name,
  of.wins,
  ...[...followUps.map((followUp) => of[followUp]), of.nothingYet, of.rescued].map((count) =>
    formatShare(count, of.wins),
  ),
];

const sentence = (which: string, { wins, churned, renewed }: Aftermath): string =>
  `Of ${formatCount(wins, 'win')} that ${wins === 1 ? 'was' : 'were'} ${which}, ${churned} churned (${formatShare(churned, wins)}) and ${renewed} renewed (${formatShare(renewed, wins)}).`;

/** Formats the wins of poor tiers beside those of good ones. */
export const formatCustomers = ({ byTier, poor, good }: Customers): Line[] => {
  if (poor.wins + good.wins === 0) return ['No win has been recorded.'];
  const hasHours = good.rescueHours !== null;
  return [
    sentence('risky or of no tier', poor),
    sentence('good or excellent', good),
    '',
    indentedTable([
      hasHours ? headings : headings.slice(0, -1),
      ...bestFirst.map((tier) => row(tier, byTier[tier], hasHours)),
    ]),
    '',
    'As shares:',
    '',
    indentedTable([headings.slice(0, -2), shareRow('good, excellent', good), shareRow('risky, none', poor)]),
  ];
};
