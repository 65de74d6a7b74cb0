import type { Routes } from '../../events/api/index.ts';
import { type Problem, showValue } from '../../events/index.ts';
import { type ApiAnswer, ApiProblem, type ApiRequest, type Caller } from '../../shared/api/index.ts';
import { getItems } from '../../shared/dynamodb/index.ts';
import { type Handoff, parseHandoff } from '../../shared/follow-ups/index.ts';
import { handoffKey } from '../../shared/keys/index.ts';
import { isLimited, isOwner, notTheirs } from './check-seller.ts';
import type { RequestDeps } from './deps.ts';
import { readLead } from './find-lead.ts';
import { nameActor } from './name-actor.ts';
import { takeIn } from './take-in.ts';

const verdicts = { HandoffAccepted: 'accepted', HandoffRejected: 'rejected' } as const;
type VerdictType = keyof typeof verdicts;

type Path = ApiRequest<Routes['acceptHandoff']>['path']['id'];

const pathProblem = ({ leadId, handoffId }: Path, allowed: string): Problem => ({
  path: 'path.id',
  given: showValue(`${leadId}~${handoffId}`),
  allowed,
});

/** The attributes of a hand-off that are read, beside the keys. */
const read = ['handoffStatus', 'queue', 'actor'];

/** Reads a hand-off, consistently. @throws ApiProblem */
const findHandoff = async ({ client, leadsTable: table }: RequestDeps, path: Path): Promise<Handoff> => {
  const [item] = await getItems(
    { client, table },
    [handoffKey(path.leadId, path.handoffId)],
    ['pk', 'sk', ...read],
  );
  const handoff = item && parseHandoff(item);
  if (handoff !== undefined) return handoff;
  throw new ApiProblem('not-found', 'there is no such hand-off', [
    pathProblem(path, 'the id of a hand-off as the list of hand-offs has it'),
  ]);
};

/** Checks that a caller may answer a hand-off. @throws ApiProblem */
const checkCaller = async (deps: RequestDeps, caller: Caller, { leadId, queue }: Handoff): Promise<void> => {
  if (!isLimited(caller)) return;
  if (queue !== undefined && caller.queues.includes(queue)) return;
  if (isOwner(caller, await readLead(deps, leadId))) return;
  throw notTheirs(
    caller,
    `${queue === undefined ? '' : `the queue ${showValue(queue)}, or `}the owner of the lead`,
  );
};

/** Checks that a hand-off waits for an answer, or has this very one. @throws ApiProblem */
const checkState = (path: Path, { status, actor }: Handoff, verdict: string, by: string): void => {
  if (status === 'open' || (status === verdict && actor === by)) return;
  if (status === 'erased')
    throw new ApiProblem('erased', 'the lead of the hand-off was erased', [
      pathProblem(path, 'a hand-off of a lead that was not erased'),
    ]);
  throw new ApiProblem('conflict', `the hand-off is ${status}, and waits for no answer`, [
    pathProblem(path, 'a hand-off that is open'),
  ]);
};

/**
 * Answers a hand-off. An answer that is given twice by the same person is taken in twice, and changes nothing the second
 * time.
 */
export const answerHandoff =
  (deps: RequestDeps, type: VerdictType) =>
  async (request: ApiRequest<Routes['acceptHandoff' | 'rejectHandoff']>): Promise<ApiAnswer> => {
    const { caller, body } = request;
    const { id } = request.path;
    const actor = nameActor(caller, body.actor);
    const check = async (): Promise<void> => {
      const handoff = await findHandoff(deps, id);
      await checkCaller(deps, caller, handoff);
      checkState(id, handoff, verdicts[type], actor);
    };
    const data = { ...id, actor, ...(body.reason !== undefined && { reason: body.reason }) };
    return takeIn(deps, request, id.leadId, { type, data, check });
  };
