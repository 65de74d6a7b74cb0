import type { RescoringJob } from '../model-store/index.ts';
import type { RescoringSegment } from './segment.ts';

/** A rescoring with its segments in the pass that is under way. */
export interface Rescoring {
  readonly job: RescoringJob;
  /** All segments, in their order, also those that have not begun. */
  readonly segments: readonly RescoringSegment[];
}

const begin = ({ revision, pass, passStartedAt }: RescoringJob, segment: number): RescoringSegment => ({
  segment,
  revision,
  pass,
  step: 0,
  isDone: false,
  leads: 0,
  requested: 0,
  movedAt: Date.parse(passStartedAt),
  nextAt: Date.parse(passStartedAt),
  carryMs: 0,
});

/** Returns a rescoring with its segments. What is stored of an earlier pass is as if it weren't there. */
export const buildRescoring = (job: RescoringJob, stored: readonly RescoringSegment[]): Rescoring => {
  const current = new Map(
    stored
      .filter(({ revision, pass }) => revision === job.revision && pass === job.pass)
      .map((segment) => [segment.segment, segment]),
  );
  return {
    job,
    segments: Array.from({ length: job.segments }, (_, i) => current.get(i) ?? begin(job, i)),
  };
};

const sum = (segments: Rescoring['segments'], name: 'leads' | 'requested'): number =>
  segments.reduce((total, segment) => total + segment[name], 0);

/** Returns the number of rescorings that were requested in the pass. */
export const countRequested = ({ segments }: Rescoring): number => sum(segments, 'requested');

/** Returns the number of leads that were read in the pass. */
export const countRead = ({ segments }: Rescoring): number => sum(segments, 'leads');

/** Returns the instant at which a page was last read or the pass began, in milliseconds since 1970. */
export const findLastMove = ({ segments, job }: Rescoring): number =>
  Math.max(Date.parse(job.passStartedAt), ...segments.map(({ movedAt }) => movedAt));

/**
 * Returns the write units a second that one segment may use now. A segment that is done has its share until its last
 * rescoring is delivered; afterwards the others have it.
 *
 * @param now milliseconds since 1970
 */
export const computeShare = ({ job, segments }: Rescoring, now: number): number => {
  const active = segments.filter(({ isDone, nextAt }) => !isDone || nextAt > now).length;
  return job.writeUnitsPerSecond / Math.max(1, active);
};
