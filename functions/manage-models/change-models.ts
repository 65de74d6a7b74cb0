import { createHash } from 'node:crypto';
import { apiLimits } from '../../events/api/index.ts';
import {
  type ApiAnswer,
  type Caller,
  type KeyedPart,
  keyReused,
  nameCaller,
  readKeyed,
} from '../../shared/api/index.ts';
import type { Author, KeyedChange, ModelHistoryEntry } from '../../shared/model-store/index.ts';
import type { ManageModelsDeps } from './deps.ts';
import { withProblems } from './to-problem.ts';

/** The entries of the history among which a request that is sent again is looked for. */
const entriesRead = 200;

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);

/** Returns what the history records of a request with a key; undefined if it has none. */
const readKeyedChange = (request: KeyedPart): KeyedChange | undefined => {
  const keyed = readKeyed(request);
  return keyed && { key: digest([keyed.callerId, keyed.key]), fingerprint: digest(keyed.fingerprint) };
};

/**
 * Finds what a request has done that was sent before.
 *
 * @throws ApiProblem if its key belongs to another request
 */
const findDone = async (
  { registry, now }: ManageModelsDeps,
  request: KeyedPart,
  keyed: KeyedChange | undefined,
): Promise<ModelHistoryEntry | undefined> => {
  if (keyed === undefined) return undefined;
  const since = new Date(now() - apiLimits.requestMs).toISOString();
  const done = (await registry.history(entriesRead)).find(
    (entry) => entry.request?.key === keyed.key && entry.at >= since,
  );
  if (done !== undefined && done.request?.fingerprint !== keyed.fingerprint) throw keyReused(request);
  return done;
};

/** A request that changes the models in use. */
export interface ChangeRequest extends KeyedPart {
  readonly caller: Caller;
}

/** Changes the models, given who does it and which model was active when the request came. */
export type Change = (author: Author, active: string | undefined) => Promise<ModelHistoryEntry | undefined>;

/**
 * Changes the models for a caller. The key of the request is recorded with the change, in one transaction, so that a
 * request that is sent again is answered by what it has done. Which model is active is read first: a change between the two
 * reads is then either found in the history, or refused as one that the caller didn't know.
 *
 * @throws ApiProblem
 */
export const changeModels = (
  deps: ManageModelsDeps,
  request: ChangeRequest,
  reason: string,
  change: Change,
): Promise<ModelHistoryEntry | undefined> =>
  withProblems(async () => {
    const active = (await deps.registry.readPointer())?.active;
    const keyed = readKeyedChange(request);
    const done = await findDone(deps, request, keyed);
    if (done !== undefined) return done;
    const author = { by: nameCaller(request.caller), reason, ...(keyed && { request: keyed }) };
    return change(author, active);
  });

/** Returns an entry of the history as answers have it. */
export const showEntry = ({ request: _request, ...entry }: ModelHistoryEntry) => entry;

/** Returns the answer to a change, of which there is an entry in the history. */
export const answerChange = async (changed: Promise<ModelHistoryEntry | undefined>): Promise<ApiAnswer> => {
  const entry = await changed;
  return { body: entry && showEntry(entry) };
};
