import type { Routes } from '../../events/api/index.ts';
import type { BusEvent, Problem, RejectionCode } from '../../events/index.ts';
import { type ApiAnswer, ApiProblem, type ApiRequest, nameCaller, putOnBus } from '../../shared/api/index.ts';
import { extractReadable, type QuarantineRecord, type StepNoted } from '../../shared/quarantine/index.ts';
import {
  type Doubt,
  findChangedIds,
  noteReplay,
  planReplay,
  type ReplayPlan,
} from '../../shared/quarantine-replay/index.ts';
import { noteKey } from './check-request.ts';
import { findSourceProblem } from './check-source.ts';
import type { QuarantineDeps } from './deps.ts';
import { readRecord } from './read-record.ts';

type PutPlan = Extract<ReplayPlan, { kind: 'put' }>;

/** The fixes of events that would be rejected again, whatever they say. */
const fixes: ReadonlyMap<string, string> = new Map<RejectionCode, string>([
  ['conflicting-content', '`corrected` with an id of its own'],
  ['merge-cycle', 'to discard it'],
  [
    'merge-with-erased',
    '`DELETE /api/leads/{id}` for the other lead if the two are one person; if not, to discard it',
  ],
  ['too-large', '`corrected` with less in it'],
]);

/** Returns the problems of a doubt by the fields of the request, or of the event that came. */
const locate = ({ problems, code, why }: Doubt, root: 'event' | 'body.corrected'): Problem[] =>
  problems.length === 0
    ? [{ path: root, given: why, allowed: fixes.get(code) ?? '`corrected`' }]
    : problems.map((problem) => ({
        ...problem,
        path: problem.path.startsWith('(') ? root : `${root}.${problem.path}`,
      }));

const refuse = (plan: Exclude<ReplayPlan, PutPlan>, root: 'event' | 'body.corrected'): ApiProblem => {
  if (plan.kind === 'erased') {
    const errors = plan.doubt === undefined ? [] : locate(plan.doubt, root);
    return new ApiProblem('erased', 'the text of the event was erased with its lead', errors);
  }
  const { judgement } = plan;
  const errors = locate(judgement, root);
  if (judgement.kind === 'doubtful')
    return new ApiProblem('conflict', 'the event would be rejected again; `force` replays it anyway', errors);
  const type = judgement.code === 'too-large' ? 'too-large' : 'invalid-request';
  return new ApiProblem(type, 'the bus would refuse the event', errors);
};

/** @throws ApiProblem if the event has a source that isn't its own */
const checkSource = (
  { judgement: { event } }: PutPlan,
  record: QuarantineRecord,
  root: 'event' | 'body.corrected',
): void => {
  const problem = findSourceProblem(event.source, record);
  if (problem === undefined) return;
  const errors = [{ ...problem, path: `${root}.${problem.path}` }];
  throw root === 'event'
    ? new ApiProblem('conflict', 'the event came under a source that is reserved for Sluice', errors)
    : new ApiProblem(
        'invalid-request',
        'the corrected event has a source that is reserved for Sluice',
        errors,
      );
};

const toBusEvent = ({ judgement: { entry, event } }: PutPlan, now: number): BusEvent => ({
  source: event.source as string,
  'detail-type': event['detail-type'] as string,
  time: (entry.Time ?? new Date(now)).toISOString(),
  detail: event.detail as BusEvent['detail'],
});

const outcomeOf = (noted: StepNoted, { status }: QuarantineRecord): string => {
  if (noted !== 'noted') return noted;
  return status === 'replayed' ? 'replayed-again' : 'replayed';
};

/** Puts a rejected event on the bus again, as it came or corrected. */
export const replayQuarantined =
  (deps: QuarantineDeps) =>
  async (request: ApiRequest<Routes['replayQuarantined']>): Promise<ApiAnswer> => {
    const { quarantine, now } = deps;
    const { corrected: event, force = false, dryRun = false } = request.body;
    const record = await readRecord(deps, request.path.id);
    const corrected = event === undefined ? undefined : JSON.stringify(event);
    const plan = planReplay(record, { corrected, force, now: now() });
    const root = corrected === undefined ? 'event' : 'body.corrected';
    if (plan.kind !== 'put') throw refuse(plan, root);
    checkSource(plan, record, root);
    const answer = {
      id: record.id,
      eventId: extractReadable(plan.text).rejectedEventId,
      changed:
        corrected === undefined
          ? []
          : findChangedIds(record, corrected).map(({ field, from, to = null }) => ({ field, from, to })),
    };
    if (dryRun) return { body: { ...answer, outcome: 'would-be-replayed' } };
    const isSentAgain = await noteKey(deps, request);
    if (isSentAgain && record.status === 'replayed') return { body: { ...answer, outcome: 'replayed' } };
    await putOnBus(deps, [toBusEvent(plan, now())]);
    const noted = await noteReplay(quarantine, record, {
      actor: nameCaller(request.caller),
      corrected,
      now: now(),
    });
    return { body: { ...answer, outcome: outcomeOf(noted, record) } };
  };
