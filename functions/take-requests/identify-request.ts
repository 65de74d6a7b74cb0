import { showValue } from '../../events/index.ts';
import { ApiProblem, type ApiRequest, callerId } from '../../shared/api/index.ts';
import type { KeyedRequest, RequestIdentity } from '../../shared/requests/index.ts';
import type { RequestDeps } from './deps.ts';

type Identified = Pick<ApiRequest, 'caller' | 'idempotencyKey' | 'fingerprint'>;

/** Returns what a request is known by; undefined if it names no key. */
export const keyedRequest = ({ caller, idempotencyKey: key, fingerprint }: Identified) =>
  key === undefined ? undefined : ({ callerId: callerId(caller), key, fingerprint } satisfies KeyedRequest);

export const keyReused = ({ idempotencyKey }: Identified): ApiProblem =>
  new ApiProblem('key-reused', 'the idempotency key belongs to another request of this caller', [
    {
      path: 'idempotency-key',
      given: showValue(idempotencyKey),
      allowed: 'a new key, or the request that the key was first sent with',
    },
  ]);

/**
 * Finds out whether a request was sent before, and which event it makes. Stores nothing.
 *
 * @throws ApiProblem if its key belongs to another request
 */
export const identifyRequest = async (
  { requests, now, newId }: Pick<RequestDeps, 'requests' | 'now' | 'newId'>,
  request: Identified,
): Promise<{ readonly kind: 'new' | 'again' } & RequestIdentity> => {
  const keyed = keyedRequest(request);
  if (keyed === undefined)
    return { kind: 'new', eventId: `api-${newId()}`, occurredAt: new Date(now()).toISOString() };
  const found = await requests.find(keyed);
  if (found.kind === 'other') throw keyReused(request);
  return found;
};
