import { call } from '../../api/call.ts';
import { useResource } from '../../api/use-resource.ts';
import { session } from '../../session/session.ts';
import type { HandoffList } from './load-handoffs.ts';
import { countAtAGlance } from './order.ts';

const loadQueues = async (signal: AbortSignal): Promise<readonly string[]> => {
  const { models } = await call('listModels', { signal });
  return models.flatMap(({ queues }) => queues).sort();
};

/**
 * Returns the queues that can be chosen: those of the hand-offs that were loaded, those of the reader, and, unless all
 * hand-offs were loaded, those that the models name.
 */
export const useQueues = (open: HandoffList | undefined): readonly string[] => {
  const hasMore = open?.hasMore === true;
  const named = useResource(async (signal) => (hasMore ? loadQueues(signal) : []), [hasMore]);
  const { queues } = countAtAGlance(open?.handoffs ?? [], 0);
  const own = session.value.person?.queues ?? [];
  return [...new Set([...queues.map(([queue]) => queue), ...own, ...(named.resource.value.value ?? [])])];
};
