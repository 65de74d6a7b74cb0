import { type KeyedPart, keyReused, readKeyed } from '../../shared/api/index.ts';
import type { QuarantineDeps } from './deps.ts';

/**
 * Returns whether a request was carried out before. If it stopped halfway, it is carried out again, which is harmless
 * here.
 *
 * @throws ApiProblem if its idempotency key belongs to another request
 */
export const checkKey = async ({ requests }: QuarantineDeps, request: KeyedPart): Promise<boolean> => {
  const keyed = readKeyed(request);
  if (keyed === undefined) return false;
  const { kind } = await requests.find(keyed);
  if (kind === 'other') throw keyReused(request);
  return kind === 'again';
};

/** Notes the idempotency key of a request that was carried out. Nothing is noted of one that was refused. */
export const noteKey = async ({ requests }: QuarantineDeps, request: KeyedPart): Promise<void> => {
  const keyed = readKeyed(request);
  if (keyed === undefined) return;
  const found = await requests.find(keyed);
  if (found.kind === 'new') await requests.note({ ...found, keyed });
};
