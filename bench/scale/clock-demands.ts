import { measured, measuredTime } from './measured.ts';
import { deployed } from './settings.ts';

const count = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

const sizes = [100_000, 1_000_000, 10_000_000];

const { days, busiestHour } = measuredTime;
const messages = measuredTime.wakeUps + measuredTime.followUps;

/** The messages of an hour of the day, if the leads are as active as those of the sample. */
const inBusiestHour = (leads: number): number => (leads * messages * busiestHour) / days;

/** The most messages of one run of `advance-leads`, of which an hour has twelve. */
const mostOfRun = 50_000;

/** The demand of what falls due by itself, and the limit of a new account in us-east-1. */
const demands: readonly (readonly [what: string, of: (leads: number) => number, limit: string])[] = [
  ['leads woken a day', (leads) => (leads * measuredTime.wakeUps) / days, ''],
  [
    'deadlines and nurture tracks that fall due, a day',
    (leads) => (leads * measuredTime.followUps) / days,
    '',
  ],
  ['write units for them a day', (leads) => (leads * measuredTime.writeUnits) / days, ''],
  ['messages in the busiest hour of the day', inBusiestHour, '600,000, in twelve runs'],
  ['runs until those of one instant are sent', (leads) => Math.ceil(inBusiestHour(leads) / mostOfRun), ''],
  [
    'seconds until they are followed, with 20 concurrent batches of score-leads',
    (leads) =>
      inBusiestHour(leads) / ((deployed.concurrency * measured.eventsABatch) / measured.batchSeconds),
    '',
  ],
];

/** Returns the demands of time as a table in Markdown. */
export const clockDemandsTable = (): string => {
  const head = ['', ...sizes.map((size) => `${sizeName(size)} leads`), 'limit'];
  const rows = demands.map(([what, of, limit]) => [
    what,
    ...sizes.map((size) => count.format(of(size))),
    limit,
  ]);
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
};

const sizeName = (size: number): string => new Intl.NumberFormat('en').format(size);
