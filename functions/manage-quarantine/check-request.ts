import { ApiProblem, type ApiRequest, type Caller, callerId } from '../../shared/api/index.ts';
import type { QuarantineDeps } from './deps.ts';

/** Returns the name under which a step of a caller is noted. */
export const actorOf = (caller: Caller): string => (caller.kind === 'person' ? caller.name : caller.arn);

/**
 * Refuses an idempotency key that belongs to another request. A request that is sent again is carried out again, which
 * is harmless here.
 *
 * @throws ApiProblem
 */
export const refuseReusedKey = async (
  { requests }: QuarantineDeps,
  { caller, idempotencyKey: key, fingerprint }: Pick<ApiRequest, 'caller' | 'idempotencyKey' | 'fingerprint'>,
): Promise<void> => {
  if (key === undefined) return;
  const noted = await requests.note({ callerId: callerId(caller), key, fingerprint });
  if (noted.kind !== 'other') return;
  throw new ApiProblem('key-reused', 'the idempotency key belongs to another request', [
    { path: 'idempotency-key', given: key, allowed: 'a key of its own for each request' },
  ]);
};
