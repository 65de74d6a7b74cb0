import { byUrgency, type Handoff, isLate } from '../../shared/follow-ups/index.ts';
import { createTopList } from '../../shared/top-list/index.ts';

export interface HandoffFilter {
  readonly queue?: string;
  readonly status?: string;
  readonly late?: true;
  readonly limit: number;
}

export interface FoundHandoffs {
  readonly first: readonly Handoff[];
  /** The number of hand-offs that match. */
  readonly total: number;
  /** The number of those that are late. */
  readonly late: number;
  /** All queues and statuses that there are, so that a misspelt one can be told. */
  readonly queues: readonly string[];
  readonly statuses: readonly string[];
}

/** Finds the hand-offs that match a filter, in the order of their urgency. */
export const listHandoffs = async (
  handoffs: AsyncIterable<Handoff>,
  { queue, status, late, limit }: HandoffFilter,
  now: number,
): Promise<FoundHandoffs> => {
  const first = createTopList(limit, byUrgency);
  const queues = new Set<string>();
  const statuses = new Set<string>();
  let total = 0;
  let lateOnes = 0;
  for await (const handoff of handoffs) {
    if (handoff.queue !== undefined) queues.add(handoff.queue);
    statuses.add(handoff.status);
    if (queue !== undefined && handoff.queue !== queue) continue;
    if (status !== undefined && handoff.status !== status) continue;
    const isOverdue = isLate(handoff, now);
    if (late && !isOverdue) continue;
    total++;
    if (isOverdue) lateOnes++;
    first.add(handoff);
  }
  return {
    first: first.list(),
    total,
    late: lateOnes,
    queues: [...queues].toSorted(),
    statuses: [...statuses].toSorted(),
  };
};
