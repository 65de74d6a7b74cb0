import { type CostLine, computeCost } from '../../shared/cost/index.ts';
import type { RecountUsage } from '../metered/recount.ts';
import { computeSeconds } from './lambda-time.ts';
import { type Deployed, line } from './lines.ts';

const million = 1_000_000;

/** The seconds of one page of 1 MB. This is assumed; nothing here measures AWS. */
const secondsAPage = 0.1;

/** The parts of the table that are read side by side, and the seconds after which a run reads nothing more. */
const segments = 4;
const secondsARun = 600;

/** The demand of one recount. */
export interface RecountDemand {
  readonly readUnits: number;
  /** The bytes that are read. */
  readonly bytes: number;
  readonly seconds: number;
  /** The runs, one an hour, until it is done. */
  readonly runs: number;
}

/** Estimates the demand of one recount of a number of leads, with as many events as those of the sample. */
export const computeRecount = ({ usage, leads }: RecountUsage, of: number, memory: number): RecountDemand => {
  const share = of / leads;
  const readUnits = (share * usage.consumed.readUnits) / usage.invocations;
  // A read unit is 4 KB that are read consistently.
  const bytes = readUnits * 4_096;
  const waiting = (bytes / 2 ** 20 / segments) * secondsAPage;
  const seconds = Math.max(waiting, computeSeconds(share * usage.cpu, 0, memory));
  return { readUnits, bytes, seconds, runs: Math.ceil(seconds / secondsARun) };
};

/** Returns the cost of one recount of a million leads, by service. */
export const computeRecountLines = (recount: RecountUsage, { memory }: Deployed): CostLine[] => {
  const megabytes = memory['recount-funnel'] ?? Number.NaN;
  const { readUnits, seconds } = computeRecount(recount, million, megabytes);
  const time = (megabytes / 1_024) * seconds;
  return [
    line('DynamoDB', 'reads', readUnits, 'units', computeCost('readUnit', readUnits)),
    line('Lambda', 'time', time, 'GB-s', computeCost('lambdaTime', time)),
  ];
};
