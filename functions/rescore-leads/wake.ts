import { count, logger, timeInSeconds } from '../../shared/lambda/index.ts';
import {
  findLastMove,
  type Rescoring,
  type RescoringSegment,
  type SegmentMessage,
} from '../../shared/rescoring/index.ts';
import type { RescoreLeadsDeps } from './deps.ts';
import { planPassEnd } from './plan-pass-end.ts';

/** The time by which a message may be late before its segment counts as standing still, in milliseconds. */
const patienceMs = 30_000;

/** The time in which the last rescorings of a pass are judged, in milliseconds. */
const settlingMs = 15_000;

const buildMessage = ({ revision, pass, segment, step }: RescoringSegment): SegmentMessage => ({
  revision,
  pass,
  segment,
  step,
});

const sendMessages = (deps: RescoreLeadsDeps, segments: readonly RescoringSegment[]): Promise<void> =>
  deps.sendToSelf(segments.map((segment) => ({ body: buildMessage(segment), delaySeconds: 0 })));

/** Notes that a pass is over, and begins the next one if there is more to do. */
const endPass = async (deps: RescoreLeadsDeps, rescoring: Rescoring, now: number): Promise<void> => {
  const { job, segments } = rescoring;
  const end = planPassEnd(rescoring, now);
  // Another wake-up may have been faster.
  if (!(await deps.rescorings.endPass(job, end))) return;
  const { revision, modelVersion } = job;
  if (end.status === 'done') {
    const left = end.left ?? 0;
    logger[left > 0 ? 'error' : 'info']('leads rescored', { revision, modelVersion, pass: job.pass, left });
    count('RescoringsDone', 1);
    count('RescoringLeadsLeft', left);
    return;
  }
  if (Date.parse(end.passStartedAt) > now) return;
  await sendMessages(
    deps,
    segments.map((segment) => ({ ...segment, pass: end.pass, step: 0 })),
  );
};

/** Carries on every segment of the current rescoring that stands still, or ends the pass once all of them are done. */
export const wake = async (deps: RescoreLeadsDeps): Promise<void> => {
  const rescoring = await deps.rescorings.read();
  if (rescoring?.job.status !== 'running') return;
  const { job, segments } = rescoring;
  const now = deps.now();
  timeInSeconds('RescoringIdleSeconds', Math.max(0, Math.round((now - findLastMove(rescoring)) / 1_000)));
  if (Date.parse(job.passStartedAt) > now) return;
  const open = segments.filter(({ isDone }) => !isDone);
  if (open.length > 0)
    return sendMessages(
      deps,
      open.filter(({ step, nextAt }) => step === 0 || nextAt + patienceMs <= now),
    );
  if (segments.every(({ nextAt }) => nextAt + settlingMs <= now)) await endPass(deps, rescoring, now);
};
