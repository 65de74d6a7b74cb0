import { type Item, N, S, type TableProps, updateIf } from '../dynamodb/index.ts';
import { rescoringKey } from '../keys/index.ts';
import type { RescoringJob, RescoringStatus } from '../model-store/index.ts';
import { RescoringError, type RescoringErrorCode } from './errors.ts';
import { paceLimits } from './pace.ts';
import { readRescoringItems } from './rescorings.ts';

/** Reads the current job. @throws RescoringError `NO_RESCORING` */
const readJob = async (props: TableProps): Promise<RescoringJob> => {
  const rescoring = await readRescoringItems(props);
  if (rescoring !== undefined) return rescoring.job;
  throw new RescoringError('NO_RESCORING', 'there is no rescoring: no model was activated yet');
};

/** Changes a job, unless another one took its place or its status changed. @throws RescoringError */
const change = async ({ client, table }: TableProps, job: RescoringJob, set: Item): Promise<void> => {
  const isChanged = await updateIf(client, {
    table,
    key: rescoringKey,
    set,
    condition: '#revision = :readRevision AND #status = :readStatus',
    values: { readRevision: N(job.revision), readStatus: S(job.status) },
  });
  if (isChanged) return;
  throw new RescoringError(
    'RESCORING_CHANGED',
    `the rescoring by ${job.modelVersion} changed at the same time; look at it and try again`,
  );
};

const toStatus = async (
  props: TableProps,
  { from, to, code }: { from: RescoringStatus; to: RescoringStatus; code: RescoringErrorCode },
): Promise<RescoringJob> => {
  const job = await readJob(props);
  if (job.status !== from)
    throw new RescoringError(code, `the rescoring by ${job.modelVersion} is ${job.status}; allowed: ${from}`);
  await change(props, job, { status: S(to) });
  return { ...job, status: to };
};

/**
 * Pauses the current rescoring. Leads that were requested already are still rescored: those of one page of each segment.
 *
 * @throws RescoringError `NO_RESCORING`, `RESCORING_NOT_RUNNING` or `RESCORING_CHANGED`
 */
export const pauseRescoring = (props: TableProps): Promise<RescoringJob> =>
  toStatus(props, { from: 'running', to: 'paused', code: 'RESCORING_NOT_RUNNING' });

/**
 * Resumes the paused rescoring where it stood. The function goes on when it is woken, within a minute at the latest.
 *
 * @throws RescoringError `NO_RESCORING`, `RESCORING_NOT_PAUSED` or `RESCORING_CHANGED`
 */
export const resumeRescoring = (props: TableProps): Promise<RescoringJob> =>
  toStatus(props, { from: 'paused', to: 'running', code: 'RESCORING_NOT_PAUSED' });

/** Checks a pace. @throws RescoringError `RESCORING_PACE_INVALID` */
export const assertPace = (writeUnitsPerSecond: number): void => {
  const { least, most } = paceLimits;
  if (
    Number.isSafeInteger(writeUnitsPerSecond) &&
    writeUnitsPerSecond >= least &&
    writeUnitsPerSecond <= most
  )
    return;
  throw new RescoringError(
    'RESCORING_PACE_INVALID',
    `write units a second: given ${writeUnitsPerSecond}; allowed: a whole number from ${least} to ${most}`,
  );
};

/**
 * Sets the pace of a rescoring that isn't done. It counts from the next page of each segment on.
 *
 * @throws RescoringError `RESCORING_PACE_INVALID`, `NO_RESCORING`, `RESCORING_NOT_RUNNING` or `RESCORING_CHANGED`
 */
export const setRescoringPace = async (
  props: TableProps,
  writeUnitsPerSecond: number,
): Promise<RescoringJob> => {
  assertPace(writeUnitsPerSecond);
  const job = await readJob(props);
  if (job.status === 'done')
    throw new RescoringError(
      'RESCORING_NOT_RUNNING',
      `the rescoring by ${job.modelVersion} is done; allowed: one that is running or paused`,
    );
  await change(props, job, { writeUnitsPerSecond: N(writeUnitsPerSecond) });
  return { ...job, writeUnitsPerSecond };
};
