import { ApiProblem, type ApiRequest, callerId } from '../../shared/api/index.ts';
import type { KeyedRequest } from '../../shared/requests/index.ts';
import type { QuarantineDeps } from './deps.ts';

type Sent = Pick<ApiRequest, 'caller' | 'idempotencyKey' | 'fingerprint'>;

const keyedRequest = ({ caller, idempotencyKey: key, fingerprint }: Sent): KeyedRequest | undefined =>
  key === undefined ? undefined : { callerId: callerId(caller), key, fingerprint };

/**
 * Refuses an idempotency key that belongs to another request. A request that is sent again is carried out again, which
 * is harmless here.
 *
 * @throws ApiProblem
 */
export const refuseReusedKey = async ({ requests }: QuarantineDeps, request: Sent): Promise<void> => {
  const keyed = keyedRequest(request);
  if (keyed === undefined || (await requests.find(keyed)).kind !== 'other') return;
  throw new ApiProblem('key-reused', 'the idempotency key belongs to another request', [
    { path: 'idempotency-key', given: keyed.key, allowed: 'a key of its own for each request' },
  ]);
};

/** Notes the idempotency key of a request that was carried out. Nothing is noted of one that was refused. */
export const noteKey = async ({ requests }: QuarantineDeps, request: Sent): Promise<void> => {
  const keyed = keyedRequest(request);
  if (keyed === undefined) return;
  const found = await requests.find(keyed);
  if (found.kind === 'new') await requests.note({ ...found, keyed });
};
