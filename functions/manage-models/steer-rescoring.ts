import type { Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import type { RescoringJob } from '../../shared/model-store/index.ts';
import type { ManageModelsDeps } from './deps.ts';
import { withProblems } from './to-problem.ts';

/** Returns a rescoring as answers have it. */
const showJob = ({ segments: _segments, requestedBefore, fewest, idlePasses, left, ...job }: RescoringJob) =>
  job;

/** Shows how far the current rescoring is. */
export const getRescoring =
  ({ rescoring }: ManageModelsDeps) =>
  async (_request: ApiRequest<Routes['getRescoring']>): Promise<ApiAnswer> => {
    const progress = await rescoring.read();
    if (progress === undefined) return { body: { rescoring: null } };
    const { job, ...far } = progress;
    return { body: { rescoring: { ...showJob(job), segments: job.segments, ...far } } };
  };

/** Brings the current rescoring into a status, in which it may be already: the request was sent again then. */
const steer = async (
  { rescoring }: ManageModelsDeps,
  wanted: RescoringJob['status'],
  change: () => Promise<RescoringJob>,
): Promise<ApiAnswer> =>
  withProblems(async () => {
    const job = (await rescoring.read())?.job;
    return { body: showJob(job?.status === wanted ? job : await change()) };
  });

/** Pauses the current rescoring. */
export const pauseRescoring =
  (deps: ManageModelsDeps) =>
  (_request: ApiRequest<Routes['pauseRescoring']>): Promise<ApiAnswer> =>
    steer(deps, 'paused', () => deps.rescoring.pause());

/** Goes on with the current rescoring. */
export const resumeRescoring =
  (deps: ManageModelsDeps) =>
  (_request: ApiRequest<Routes['resumeRescoring']>): Promise<ApiAnswer> =>
    steer(deps, 'running', () => deps.rescoring.resume());
