import { joinSources, type SourceStatus } from '../../shared/source-status/index.ts';
import type { HealthDeps } from './deps.ts';

const presentRefused = ({ refused, lastRefusal }: SourceStatus) =>
  [...refused].map(([reason, count]) => ({
    reason,
    count,
    lastAt: lastRefusal?.reason === reason ? lastRefusal.at : null,
  }));

const countRefused = ({ refused }: SourceStatus): number =>
  [...refused.values()].reduce((sum, count) => sum + count, 0);

const presentCounts = (status: SourceStatus | undefined) =>
  status === undefined
    ? { requests: 0, accepted: 0, refused: [] }
    : {
        requests: status.requests,
        accepted: Math.max(0, status.requests - countRefused(status)),
        refused: presentRefused(status),
      };

/** Reads what has come from each source; none if the deployment takes in nothing from sources. */
export const readSourcesHealth = async ({ documents, readSources }: HealthDeps, now: number) => {
  if (documents.sources === undefined) return [];
  const joined = joinSources(documents.sources, await readSources(), now);
  return joined.map(({ name, document, status, silentForMs }) => ({
    source: name,
    kind: document?.kind ?? null,
    lastReceivedAt: status?.lastReceivedAt ?? null,
    lastTakenAt: status?.lastTakenAt ?? null,
    ...presentCounts(status),
    silent: document?.silentAfterHours === undefined ? null : silentForMs !== undefined,
  }));
};
