import type { TableProps } from '../dynamodb/index.ts';
import { readStock } from '../funnel-counts/index.ts';
import type { RescoringJob } from '../model-store/index.ts';
import { readRescoringItems } from './rescorings.ts';
import { countRead, countRequested, findLastMove, type Rescoring } from './standing.ts';

/** The progress of a rescoring. */
export interface RescoringProgress {
  readonly job: RescoringJob;
  readonly segmentsDone: number;
  /** The leads that were read in this pass. */
  readonly leadsRead: number;
  /** The leads of the table, as the funnel counts them; at least those that were read. */
  readonly leads: number;
  /** The rescorings that were requested, in all passes. */
  readonly requested: number;
  /** The leads that are still to be read in this pass. Once the rescoring is done: those that couldn't be rescored. */
  readonly left: number;
  /** The leads that were read each second of this pass; undefined until a page is read. */
  readonly leadsPerSecond?: number;
  /** The instant at which this pass will be done at that pace: UTC, ISO 8601. */
  readonly passEndsAt?: string;
}

/**
 * Measures the pace of the pass, until now, or until its last page if no segment is left.
 *
 * @returns undefined before the first page
 */
const measurePace = (rescoring: Rescoring, isPassRead: boolean, now: number): number | undefined => {
  const read = countRead(rescoring);
  const until = isPassRead ? findLastMove(rescoring) : now;
  const seconds = (until - Date.parse(rescoring.job.passStartedAt)) / 1_000;
  return read === 0 || seconds <= 0 ? undefined : read / seconds;
};

const countLeads = async (props: TableProps): Promise<number> => {
  const { stock } = await readStock(props);
  return [...stock.values()].reduce((total, leads) => total + Math.max(0, leads), 0);
};

/**
 * Reads how far the current rescoring is; undefined if there never was one. No lead is read for it.
 *
 * @param now milliseconds since 1970
 */
export const readRescoring = async (
  props: TableProps,
  now: number,
): Promise<RescoringProgress | undefined> => {
  const rescoring = await readRescoringItems(props);
  if (rescoring === undefined) return undefined;
  const { job, segments } = rescoring;
  const segmentsDone = segments.filter(({ isDone }) => isDone).length;
  const isPassRead = segmentsDone === segments.length;
  const leadsRead = countRead(rescoring);
  // The funnel counts a little later than leads change.
  const leads = isPassRead ? leadsRead : Math.max(leadsRead, await countLeads(props));
  const left = job.status === 'done' ? (job.left ?? 0) : leads - leadsRead;
  const pace = measurePace(rescoring, isPassRead, now);
  return {
    job,
    segmentsDone,
    leadsRead,
    leads,
    requested: (job.requestedBefore ?? 0) + countRequested(rescoring),
    left,
    ...(pace !== undefined && {
      leadsPerSecond: pace,
      ...(job.status === 'running' && { passEndsAt: new Date(now + (left / pace) * 1_000).toISOString() }),
    }),
  };
};
