import { call } from '../../api/call.ts';
import type { Health } from './findings.ts';

/** Loads the health. That has no rescoring if none was begun or if it could not be read, which a second request tells. */
export const loadHealth = async (signal: AbortSignal): Promise<Health> => {
  const health = await call('getHealth', { signal });
  if (health.rescoring !== null) return health;
  const known = await call('getRescoring', { signal }).catch(() => undefined);
  return { ...health, isNeverRescored: known?.rescoring === null };
};
