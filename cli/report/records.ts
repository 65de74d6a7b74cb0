import { stringify } from 'csv-stringify/sync';
import { followUps, grounds, remarks } from './observations.ts';
import type { Aftermath } from './sections/customers.ts';
import type { Spent } from './sections/efforts.ts';
import type { StayLength } from './sections/stays.ts';
import type { WinRate } from './sections/win-rates.ts';
import type { Report } from './tally.ts';
import { bestFirst } from './tiers.ts';

const columns = ['section', 'stage', 'tier', 'lane', 'item', 'measure', 'value'] as const;

/** One figure: what it is about, what it measures, and how much that is. What doesn't apply is empty. */
export type ReportRecord = Partial<Readonly<Record<(typeof columns)[number], string | number | null>>>;

type About = Omit<ReportRecord, 'measure' | 'value'>;

const measured = (about: About, measures: Readonly<Record<string, string | number | null>>): ReportRecord[] =>
  Object.entries(measures).map(([measure, value]) => ({ ...about, measure, value }));

const stayRecords = (section: string, groups: readonly (StayLength & About)[]): ReportRecord[] =>
  groups.flatMap(({ stays, medianDays, ninetiethPercentileDays, ...about }) =>
    measured({ section, ...about }, { stays, medianDays, ninetiethPercentileDays }),
  );

const rateRecords = (about: About, { won, lost, rate }: WinRate): ReportRecord[] =>
  measured(about, {
    won,
    lost,
    winRate: rate?.share ?? null,
    winRateLow: rate?.low ?? null,
    winRateHigh: rate?.high ?? null,
  });

const spentRecords = (item: string, measure: string, { byTier }: Spent): ReportRecord[] =>
  bestFirst.map((tier) => ({ section: 'efforts', item, tier, measure, value: byTier[tier] }));

const effortRecords = ({ efforts: { each, times, hours } }: Report): ReportRecord[] => [
  ...each.flatMap((effort) => [
    ...spentRecords(effort.effort, 'times', effort.times),
    ...(effort.hours === null ? [] : spentRecords(effort.effort, 'hours', effort.hours)),
  ]),
  ...measured(
    { section: 'efforts' },
    {
      times: times.total,
      poorShareOfTimes: times.poorShare,
      hours: hours?.total ?? null,
      poorShareOfHours: hours?.poorShare ?? null,
    },
  ),
];

const aftermathRecords = (about: About, of: Aftermath): ReportRecord[] => {
  const { wins, nothingYet, rescued, rescues, rescueHours } = of;
  const heard = Object.fromEntries(followUps.map((followUp) => [followUp, of[followUp]]));
  return measured(about, { wins, ...heard, nothingYet, rescued, rescues, rescueHours });
};

const stuckRecords = ({ stuck: { byStage, longest } }: Report): ReportRecord[] => [
  ...byStage.flatMap(({ stage, active, stuck, longerThanDays, measure }) =>
    measured({ section: 'stuck', stage }, { active, stuck, longerThanDays, boundFrom: measure }),
  ),
  ...longest.map(({ leadId, stage, tier, lane, days }) => ({
    section: 'stuck',
    stage,
    tier,
    lane,
    item: leadId,
    measure: 'days',
    value: days,
  })),
];

/** Every figure of a report as a row of its own, so that a spreadsheet can filter and pivot them. */
export const recordsOf = (report: Report): ReportRecord[] => {
  const { now, model, tiers, funnel, customers, stays, winRates, readiness, leftOut } = report;
  return [
    ...measured({ section: 'report' }, { now, model, tiers, leads: funnel.leads }),
    ...funnel.byStage.flatMap(({ stage, byTier }) =>
      bestFirst.map((tier) => ({ section: 'funnel', stage, tier, measure: 'leads', value: byTier[tier] })),
    ),
    ...effortRecords(report),
    ...bestFirst.flatMap((tier) => aftermathRecords({ section: 'customers', tier }, customers.byTier[tier])),
    ...stayRecords('stays', stays.byStage),
    ...stayRecords('staysByTier', stays.byTier),
    ...stayRecords('staysByLane', stays.byLane),
    ...stayRecords('staysByTierAndLane', stays.byTierAndLane),
    ...stuckRecords(report),
    ...bestFirst.flatMap((tier) => rateRecords({ section: 'winRates', tier }, winRates.byTier[tier])),
    ...rateRecords({ section: 'winRates' }, winRates.all),
    ...grounds.flatMap((ground) => rateRecords({ section: 'readiness', item: ground }, readiness[ground])),
    ...measured({ section: 'readiness' }, { slideToBantRatio: readiness.ratio }),
    ...remarks.flatMap((remark) => measured({ section: 'leftOut' }, { [remark]: leftOut[remark] })),
    ...leftOut.otherModels.map(({ model: item, leads }) => ({
      section: 'leftOut',
      item,
      measure: 'leadsOfOtherModel',
      value: leads,
    })),
  ];
};

/** No line breaks or other control characters within a cell, nor blanks before it: spreadsheets differ in what they skip. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();

/**
 * Records as CSV (RFC 4180) with a line of headings. Names come from outside, and one such as `=HYPERLINK(…)` would run
 * where a spreadsheet opens the file: cells that begin like a formula get a quote mark before them.
 */
export const toCsv = (records: readonly ReportRecord[]): string =>
  stringify([...records], {
    header: true,
    columns: [...columns],
    escape_formulas: true,
    record_delimiter: '\r\n',
    cast: { string: oneLine },
  });
