import { type BusEvent, busEvent, rescoringSource } from '../../events/index.ts';
import { count } from '../../shared/lambda/index.ts';
import {
  computeShare,
  planPage,
  type Rescoring,
  type RescoringSegment,
  type SegmentMessage,
} from '../../shared/rescoring/index.ts';
import type { RescoreLeadsDeps } from './deps.ts';
import { takeStale } from './stale-leads.ts';

type Job = Rescoring['job'];

/** Builds the request to rescore a lead. The same lead and pass give the same event, of which the ledger takes one. */
const buildRequest = (
  leadId: string,
  { revision, pass, passStartedAt, modelVersion, actions }: Job,
): BusEvent =>
  busEvent(
    'LeadRescoreRequested',
    rescoringSource,
    { eventId: `rescore-${revision}-${pass}`, occurredAt: passStartedAt },
    { leadId, modelVersion, actions },
  );

/**
 * Returns the segment that a message is about, as it stands; undefined if the message is out of date: the job was paused
 * or replaced, another pass has begun, or the step is done.
 */
const findSegment = (
  rescoring: Rescoring | undefined,
  message: SegmentMessage,
): RescoringSegment | undefined => {
  const { job, segments } = rescoring ?? {};
  if (job?.status !== 'running' || job.revision !== message.revision || job.pass !== message.pass)
    return undefined;
  const segment = segments?.[message.segment];
  return segment?.isDone === false && segment.step === message.step ? segment : undefined;
};

/** Reads one page of a segment, and requests the rescorings of it. Returns the segment afterwards. */
const rescorePage = async (
  deps: RescoreLeadsDeps,
  rescoring: Rescoring,
  before: RescoringSegment,
): Promise<{ readonly after: RescoringSegment; readonly nextDelay: number }> => {
  const { job } = rescoring;
  const { segment, step, leads, requested } = before;
  const page = await deps.readPage({ segment, segments: job.segments, after: before.after });
  const share = computeShare(rescoring, deps.now());
  const most = planPage(page.leads.length, before, share).delays.length;
  const { stale, read, last } = takeStale(page, job, most);
  const { delays, nextDelay, carryMs } = planPage(stale.length, before, share);
  await deps.sendToScoring(
    stale.map((leadId, i) => ({ body: buildRequest(leadId, job), delaySeconds: delays[i] ?? 0 })),
  );
  const { after: _after, ...rest } = before;
  const movedAt = deps.now();
  const after = {
    ...rest,
    step: step + 1,
    ...(last !== undefined && { after: last }),
    isDone: last === undefined,
    leads: leads + read,
    requested: requested + stale.length,
    movedAt,
    nextAt: movedAt + nextDelay * 1_000 + Math.ceil(carryMs),
    carryMs,
  };
  return { after, nextDelay };
};

/**
 * Rescores the leads of one page of a segment, and has the next page read. A run that ends before the segment has moved
 * is repeated and requests the same; one that ends afterwards is found by the next wake-up. Of two runs for one page, one
 * goes on.
 */
export const readSegment = async (deps: RescoreLeadsDeps, message: SegmentMessage): Promise<void> => {
  const rescoring = await deps.rescorings.read();
  const before = findSegment(rescoring, message);
  if (rescoring === undefined || before === undefined) return;
  const { after, nextDelay } = await rescorePage(deps, rescoring, before);
  if (!(await deps.rescorings.moveSegment(before, after))) return;
  count('RescoringRequested', after.requested - before.requested);
  count('RescoringSegmentsDone', after.isDone ? 1 : 0);
  if (after.isDone) return;
  await deps.sendToSelf([{ body: { ...message, step: after.step }, delaySeconds: nextDelay }]);
};
