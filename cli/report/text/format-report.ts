import { bestFirst, type Funnel, type Report } from '../../../shared/report/index.ts';
import { heading, type Line } from '../../output/line.ts';
import { formatCount } from '../../text/format-count.ts';
import { formatInstant } from '../../text/format-instant.ts';
import { formatCustomers } from './format-customers.ts';
import { formatDeadlines } from './format-deadlines.ts';
import { formatEfforts } from './format-efforts.ts';
import { indentedTable } from './format-figures.ts';
import { formatLeftOut } from './format-left-out.ts';
import { formatStays } from './format-stays.ts';
import { formatStuck } from './format-stuck.ts';
import { formatReadiness, formatWinRates } from './format-win-rates.ts';
import { titles } from './section-titles.ts';

const formatFunnel = ({ byStage }: Funnel): Line[] => [
  indentedTable([
    ['stage', ...bestFirst, 'all'],
    ...byStage.map(({ stage, byTier, leads }) => [stage, ...bestFirst.map((tier) => byTier[tier]), leads]),
  ]),
];

const section = (title: string, lines: readonly Line[]): Line[] => ['', heading(title), '', ...lines];

const formatSource = ({ tiers, model }: Report): string =>
  tiers === 'judged'
    ? `Tiers are judged by model ${model} from what had happened by then.`
    : `Tiers are those that were recorded at the time; all else is judged by model ${model}.`;

/** Returns a report as lines of sentences and tables for people in marketing and sales. */
export const formatReport = (report: Report): Line[] => {
  const { asOf, model, funnel, efforts, customers, stays, stuck, winRates, readiness, deadlines, leftOut } =
    report;
  return [
    `${formatCount(funnel.leads, 'lead')} as of ${formatInstant(Date.parse(asOf))}. ${formatSource(report)}`,
    ...section(titles.funnel, formatFunnel(funnel)),
    ...section(titles.efforts, formatEfforts(efforts)),
    ...section(titles.customers, formatCustomers(customers)),
    ...section(titles.stays, formatStays(stays)),
    ...section(titles.stuck, formatStuck(stuck)),
    ...section(titles.winRates, formatWinRates(winRates)),
    ...section(titles.readiness, formatReadiness(readiness)),
    ...section(titles.deadlines, formatDeadlines(deadlines)),
    ...section(titles.leftOut, formatLeftOut(leftOut, model)),
  ];
};
