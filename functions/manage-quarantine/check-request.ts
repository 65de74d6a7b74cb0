import { type KeyedPart, keyReused, readKeyed } from '../../shared/api/index.ts';
import type { QuarantineDeps } from './deps.ts';

/**
 * Notes the idempotency key of a request that has passed its checks, before it is carried out: of two requests with one
 * key the first counts. Returns whether the request was sent before. If it stopped halfway then, it is carried out
 * again, which is harmless here.
 *
 * @throws ApiProblem if its key belongs to another request
 */
export const noteKey = async ({ requests }: QuarantineDeps, request: KeyedPart): Promise<boolean> => {
  const keyed = readKeyed(request);
  if (keyed === undefined) return false;
  const found = await requests.find(keyed);
  const noted = found.kind === 'new' ? await requests.note({ ...found, keyed }) : found;
  if (noted.kind === 'other') throw keyReused(request);
  return noted.kind === 'again';
};
