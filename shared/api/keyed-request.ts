import { showValue } from '../../events/index.ts';
import type { ApiRequest } from './api-handler.ts';
import { callerId } from './caller.ts';
import { ApiProblem } from './problems.ts';

/** The part of a request by which it is known that it was sent before. */
export type KeyedPart = Pick<ApiRequest, 'caller' | 'idempotencyKey' | 'fingerprint'>;

/** Returns what a request is known by; undefined if it names no key. */
export const readKeyed = ({ caller, idempotencyKey: key, fingerprint }: KeyedPart) =>
  key === undefined ? undefined : { callerId: callerId(caller), key, fingerprint };

/** Returns the problem of a request whose key was first sent with another one. */
export const keyReused = ({ idempotencyKey }: KeyedPart): ApiProblem =>
  new ApiProblem('key-reused', 'the idempotency key belongs to another request of this caller', [
    {
      path: 'idempotency-key',
      given: showValue(idempotencyKey),
      allowed: 'a new key, or the request that the key was first sent with',
    },
  ]);
