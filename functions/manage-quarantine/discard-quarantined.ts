import type { Routes } from '../../events/api/index.ts';
import { type ApiAnswer, ApiProblem, type ApiRequest, nameCaller } from '../../shared/api/index.ts';
import type { QuarantineRecord } from '../../shared/quarantine/index.ts';
import { discardEvent } from '../../shared/quarantine-replay/index.ts';
import { noteKey } from './check-request.ts';
import type { QuarantineDeps } from './deps.ts';
import { readRecord } from './read-record.ts';

/** Whether the same person has discarded the event for the same reason: the request was sent again. */
const isRepeated = ({ status, steps }: QuarantineRecord, actor: string, reason: string): boolean => {
  const last = steps.at(-1);
  return status === 'discarded' && last?.step === 'discarded' && last.actor === actor && last.note === reason;
};

/** Marks a rejected event as one that nobody will correct. */
export const discardQuarantined =
  (deps: QuarantineDeps) =>
  async (request: ApiRequest<Routes['discardQuarantined']>): Promise<ApiAnswer> => {
    const { quarantine, now } = deps;
    const { reason } = request.body;
    const record = await readRecord(deps, request.path.id);
    const { id } = record;
    const actor = nameCaller(request.caller);
    if (record.status !== 'erased') await noteKey(deps, request);
    const answer = { body: { id, state: 'discarded' } };
    if (isRepeated(record, actor, reason)) return answer;
    const noted = await discardEvent(quarantine, record, { actor, reason, now: now() });
    switch (noted) {
      case 'noted':
        return answer;
      case 'came-again':
        throw new ApiProblem('conflict', 'the event has come again meanwhile, and stays open');
      case 'erased':
        throw new ApiProblem('erased', 'the lead of the event was erased, and the event with it');
      case 'gone':
        throw new ApiProblem('not-found', 'meanwhile the event has expired, or its lead was erased');
      default:
        return noted satisfies never;
    }
  };
