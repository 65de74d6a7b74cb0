import { findLastRun, verifyRun } from '../../shared/anchors/index.ts';
import type { HealthDeps } from './deps.ts';

/** Reads the last run of anchors, and whether it is as it was written. */
export const readAnchorsHealth = async ({ anchors }: HealthDeps, now: number) => {
  const run = await findLastRun(anchors, now);
  if (run === undefined) return { last: null, verification: null };
  const { manifests, parts, problems } = await verifyRun(anchors, run);
  return {
    last: {
      at: new Date(run.at).toISOString(),
      leads: run.manifest?.leads ?? null,
      parts: run.manifest?.parts.length ?? null,
    },
    verification: { result: problems.length === 0 ? 'verified' : 'broken', manifests, parts, problems },
  };
};
