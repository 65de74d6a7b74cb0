import { showValue } from '../../events/index.ts';
import { ApiProblem, type ApiRequest, type Caller, callerId } from '../../shared/api/index.ts';
import type { KeyedRequest } from '../../shared/requests/index.ts';
import type { QuarantineDeps } from './deps.ts';

/** Returns the name under which a step of a caller is noted. */
export const actorOf = (caller: Caller): string => (caller.kind === 'person' ? caller.name : caller.arn);

type Sent = Pick<ApiRequest, 'caller' | 'idempotencyKey' | 'fingerprint'>;

const keyedRequest = ({ caller, idempotencyKey: key, fingerprint }: Sent): KeyedRequest | undefined =>
  key === undefined ? undefined : { callerId: callerId(caller), key, fingerprint };

const keyReused = (key: string): ApiProblem =>
  new ApiProblem('key-reused', 'the idempotency key belongs to another request of this caller', [
    {
      path: 'idempotency-key',
      given: showValue(key),
      allowed: 'a new key, or the request that the key was first sent with',
    },
  ]);

/**
 * Notes the idempotency key of a request that has passed its checks, before it is carried out: of two requests with one
 * key the first counts. One that is sent again is carried out again, which is harmless here.
 *
 * @throws ApiProblem if another request was first
 */
export const noteKey = async ({ requests }: QuarantineDeps, request: Sent): Promise<void> => {
  const keyed = keyedRequest(request);
  if (keyed === undefined) return;
  const found = await requests.find(keyed);
  const noted = found.kind === 'new' ? await requests.note({ ...found, keyed }) : found;
  if (noted.kind === 'other') throw keyReused(keyed.key);
};
