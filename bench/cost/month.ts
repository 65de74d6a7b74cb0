import { type CostLine, computeCost, sumLines } from '../../shared/cost/index.ts';
import type { Flow } from '../metered/flow.ts';
import { type Arrival, computeAdditionalLines, computeLines, type Deployed } from './lines.ts';
import type { Volume } from './options.ts';

/** The measurements that a month is calculated from. */
export interface MonthBasis {
  /** The stream with one event in each batch, as it is when events arrive evenly and seldom. */
  readonly single: Flow;
  /** The stream in full batches, as it is when events arrive in bursts. */
  readonly full: Flow;
  /** The usage that time causes, beside what events catch up with. */
  readonly time: Flow;
  /** The usage of counting the funnel: an announcement at a time, in full batches, and of what time announces. */
  readonly counting: { readonly single: Flow; readonly full: Flow; readonly time: Flow };
  readonly deployed: Deployed;
  /** The monthly cost that doesn't depend on events. */
  readonly fixed: readonly CostLine[];
}

export interface MonthCost {
  /** The cost of the events and of what falls due by itself, line by line, if events arrive one at a time, and in bursts. */
  readonly single: readonly CostLine[];
  readonly full: readonly CostLine[];
  readonly fixed: readonly CostLine[];
  /** The cost of the table with the leads and the events of this month: storage, backup, and the daily readings. */
  readonly stored: readonly CostLine[];
  readonly storedGigabytes: number;
  /** The amount that each further month adds to the monthly cost of storage, in USD. */
  readonly growth: number;
}

const million = 1_000_000;
const gigabyte = 2 ** 30;
const daysAMonth = 365 / 12;
const secondsAMonth = daysAMonth * 86_400;

/** The read units of a gigabyte that is read consistently: one for each 4 KB. Other reads cost half of them. */
const readUnitsAGigabyte = gigabyte / 4_096;

/** Returns lines with amounts and prices times a factor. */
export const scaleLines = (lines: readonly CostLine[], factor: number): CostLine[] =>
  lines.map((line) => ({ ...line, amount: line.amount * factor, usd: line.usd * factor }));

const computeStored = (gigabytes: number): CostLine[] => {
  const recounted = gigabytes * readUnitsAGigabyte * daysAMonth;
  const anchored = recounted / 2;
  const line = (what: string, amount: number, unit: string, usd: number): CostLine => ({
    service: 'DynamoDB',
    what,
    amount,
    unit,
    usd,
  });
  return [
    line('storage', gigabytes, 'GB', computeCost('tableStorage', gigabytes)),
    line('backup', gigabytes, 'GB', computeCost('tableBackup', gigabytes)),
    line('daily anchors', anchored, 'units', computeCost('readUnit', anchored)),
    line('daily recounts', recounted, 'units', computeCost('readUnit', recounted)),
  ];
};

/** Returns the cost of a month of a given volume. */
export const computeMonth = (
  { leads, events }: Volume,
  { single, full, time, counting, deployed, fixed }: MonthBasis,
): MonthCost => {
  const entryBytes = (full.stored - full.storedByLead) / full.events;
  const leadBytes = full.storedByLead / full.leads;
  const eventGigabytes = (events * entryBytes) / gigabyte;
  const storedGigabytes = eventGigabytes + (leads * leadBytes) / gigabyte;
  const seldom: Arrival = { eventsASecond: Math.max(events, 1) / secondsAMonth, messagesARequest: 1 };
  const timed = [time, counting.time].flatMap((flow) => computeAdditionalLines(flow, deployed));
  const scale = (lines: readonly CostLine[]): CostLine[] =>
    scaleLines([...lines, ...timed], events / million);
  return {
    single: scale([
      ...computeLines(single, deployed, seldom),
      ...computeAdditionalLines(counting.single, deployed, seldom),
    ]),
    full: scale([...computeLines(full, deployed), ...computeAdditionalLines(counting.full, deployed)]),
    fixed,
    stored: computeStored(storedGigabytes),
    storedGigabytes,
    growth: sumLines(computeStored(eventGigabytes)),
  };
};
