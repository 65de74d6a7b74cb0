import type { RescoringProgress } from '../../shared/rescoring/index.ts';
import { formatAge } from '../text/format-age.ts';
import { formatCount } from '../text/format-count.ts';
import { formatInstant } from '../text/format-instant.ts';

const percent = (part: number, whole: number): string =>
  whole === 0 ? '100 %' : `${Math.floor((part / whole) * 100)} %`;

const describePass = (progress: RescoringProgress, now: number): string[] => {
  const { job, leads, leadsRead, left, leadsPerSecond, passEndsAt } = progress;
  const startsIn = Date.parse(job.passStartedAt) - now;
  if (startsIn > 0) return [`Pass ${job.pass} over the table begins in ${formatAge(startsIn)}.`];
  const pace = leadsPerSecond === undefined ? '' : `, ${leadsPerSecond.toFixed(1)} leads a second`;
  const end =
    passEndsAt === undefined || left === 0
      ? ''
      : `, the pass ends about ${formatInstant(Date.parse(passEndsAt))} (in ${formatAge(Date.parse(passEndsAt) - now)})`;
  return [
    `Pass ${job.pass} over the table: ${leadsRead} of ${formatCount(leads, 'lead')} read (${percent(leadsRead, leads)})${pace}.`,
    `${formatCount(left, 'lead')} left to read in ${job.segments - progress.segmentsDone} of ${job.segments} segments${end}.`,
  ];
};

const describeStatus = (progress: RescoringProgress, now: number): string[] => {
  const { job, left } = progress;
  if (job.status !== 'done') return [...describePass(progress, now)];
  const done = `Done ${job.doneAt === undefined ? '' : `at ${formatInstant(Date.parse(job.doneAt))} `}after ${formatCount(job.pass, 'pass', 'passes')}.`;
  return left === 0
    ? [`${done} Every lead is judged by ${job.modelVersion}.`]
    : [
        `${done} ${formatCount(left, 'lead')} could not be rescored.`,
        'See docs/runbook.md#leads-not-rescored; `sluice rescore start` tries them again.',
      ];
};

/** Returns how far a rescoring is, in words. @param now milliseconds since 1970 */
export const describeRescoring = (progress: RescoringProgress, now: number): string[] => {
  const { job, requested } = progress;
  const effect = job.actions === 'all' ? 'actions follow' : 'nothing starts or stops by it';
  return [
    `Rescoring by ${job.modelVersion}: ${job.status}, at most ${formatCount(job.writeUnitsPerSecond, 'write unit')} a second; ${effect}.`,
    ...describeStatus(progress, now),
    `${formatCount(requested, 'rescoring')} requested since ${formatInstant(Date.parse(job.requestedAt))}.`,
    ...(job.status === 'paused' ? ['`sluice rescore resume` goes on where it stands.'] : []),
  ];
};

/** Returns the object that `--json` prints. */
export const toRecord = ({ job, ...progress }: RescoringProgress): object => ({ ...job, ...progress });
