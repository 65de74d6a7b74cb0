import { type KeyedPart, keyReused, readKeyed } from '../../shared/api/index.ts';
import type { RequestIdentity } from '../../shared/requests/index.ts';
import type { RequestDeps } from './deps.ts';

/**
 * Finds out whether a request was sent before, and which event it makes. Stores nothing.
 *
 * @throws ApiProblem if its key belongs to another request
 */
export const identifyRequest = async (
  { requests, now, newId }: Pick<RequestDeps, 'requests' | 'now' | 'newId'>,
  request: KeyedPart,
): Promise<{ readonly kind: 'new' | 'again' } & RequestIdentity> => {
  const keyed = readKeyed(request);
  if (keyed === undefined)
    return { kind: 'new', eventId: `api-${newId()}`, occurredAt: new Date(now()).toISOString() };
  const found = await requests.find(keyed);
  if (found.kind === 'other') throw keyReused(request);
  return found;
};
