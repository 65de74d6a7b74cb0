import { printable } from '../../text/printable.ts';
import { alignedRows } from '../../text/table.ts';
import type { Funnel } from '../sections/funnel.ts';
import type { Report } from '../tally.ts';
import { bestFirst } from '../tiers.ts';
import { customerWords } from './customers.ts';
import { effortWords } from './efforts.ts';
import { counted, indented } from './figures.ts';
import { leftOutWords } from './left-out.ts';
import { stayWords } from './stays.ts';
import { stuckWords } from './stuck.ts';
import { titles } from './titles.ts';
import { readinessWords, winRateWords } from './win-rates.ts';

const funnelWords = ({ byStage }: Funnel): string[] =>
  indented(
    alignedRows([
      ['stage', ...bestFirst, 'all'],
      ...byStage.map(({ stage, byTier, leads }) => [stage, ...bestFirst.map((tier) => byTier[tier]), leads]),
    ]),
  );

const section = (title: string, lines: readonly string[]): string[] => ['', title, '', ...lines];

const source = ({ tiers, model }: Report): string =>
  tiers === 'judged'
    ? `Tiers are what model ${model} makes of what had happened by then.`
    : `Tiers are those that were recorded at the time; all else is read by model ${model}.`;

/** A report as sentences and tables for people in marketing and sales. */
export const reportInWords = (report: Report): string[] => {
  const { now, model, funnel, efforts, customers, stays, stuck, winRates, readiness, leftOut } = report;
  return [
    `${counted(funnel.leads, 'lead')} as of ${now}. ${source(report)}`,
    ...section(titles.funnel, funnelWords(funnel)),
    ...section(titles.efforts, effortWords(efforts)),
    ...section(titles.customers, customerWords(customers)),
    ...section(titles.stays, stayWords(stays)),
    ...section(titles.stuck, stuckWords(stuck)),
    ...section(titles.winRates, winRateWords(winRates)),
    ...section(titles.readiness, readinessWords(readiness)),
    ...section(titles.leftOut, leftOutWords(leftOut, model)),
  ].map(printable);
};
