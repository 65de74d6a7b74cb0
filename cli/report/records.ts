import {
  type Aftermath,
  bestFirst,
  type DeadlineCounts,
  followUps,
  grounds,
  type Report,
  remarks,
  type Spent,
  type StayLength,
  type WinRate,
} from '../../shared/report/index.ts';
import type { CsvRow } from '../output/csv.ts';

const columns = ['section', 'stage', 'tier', 'lane', 'item', 'measure', 'value'] as const;

/** One figure: its subject, its measure and its value. Columns that don't apply are empty. */
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
  const outcomes = Object.fromEntries(followUps.map((followUp) => [followUp, of[followUp]]));
  return measured(about, { wins, ...outcomes, nothingYet, rescued, rescues, rescueHours });
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

const deadlineRecords = (about: About, { kept, missed, keptShare }: DeadlineCounts): ReportRecord[] =>
  measured({ section: 'deadlines', ...about }, { kept, missed, keptShare });

/** Returns every figure of a report as a row of its own, so that a spreadsheet can filter and pivot them. */
export const buildRecords = (report: Report): ReportRecord[] => {
  const { asOf, model, tiers, funnel, customers, stays, winRates, readiness, deadlines, leftOut } = report;
  return [
    ...measured({ section: 'report' }, { asOf, model, tiers, leads: funnel.leads }),
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
    ...deadlines.byQueue.flatMap(({ queue: item, byTier, all }) => [
      ...bestFirst.flatMap((tier) => deadlineRecords({ item, tier }, byTier[tier])),
      ...deadlineRecords({ item }, all),
    ]),
    ...deadlineRecords({}, deadlines.all),
    ...remarks.flatMap((remark) => measured({ section: 'leftOut' }, { [remark]: leftOut[remark] })),
    ...leftOut.otherModels.map(({ model: item, leads }) => ({
      section: 'leftOut',
      item,
      measure: 'leadsOfOtherModel',
      value: leads,
    })),
  ];
};

/** Returns records as rows of a spreadsheet, after a row of headings. */
export const toCsvRows = (records: readonly ReportRecord[]): CsvRow[] => [
  columns,
  ...records.map((record) => columns.map((column) => record[column] ?? null)),
];
