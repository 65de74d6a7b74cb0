import { call } from '../../api/call.ts';
import { readServerClock } from '../../api/server-clock.ts';
import type { ListedHandoff } from './handoff.ts';
import { byDueTimeAndTier } from './order.ts';

/** The most pages that are read. */
const mostPages = 10;
const pageSize = 200;

/** The hand-offs of a state, of all pages. */
export interface HandoffList {
  readonly handoffs: readonly ListedHandoff[];
  /** Whether there are more than were read. */
  readonly hasMore: boolean;
}

/** Loads the hand-offs of a state, and orders them. @param queue all queues if undefined */
export const loadHandoffs = async (
  { state, queue }: { readonly state: ListedHandoff['state']; readonly queue?: string | undefined },
  signal: AbortSignal,
): Promise<HandoffList> => {
  const handoffs = new Map<string, ListedHandoff>();
  let cursor: string | null | undefined;
  const clock = readServerClock(signal);
  for (let page = 0; page < mostPages && cursor !== null; page += 1) {
    const answer = await call('listHandoffs', {
      query: { state, queue, limit: `${pageSize}`, cursor: cursor ?? undefined },
      signal,
    });
    // While pages are read, one may move to another page: the later one counts.
    for (const each of answer.handoffs) handoffs.set(each.id, each);
    cursor = answer.cursor;
  }
  await clock;
  return { handoffs: [...handoffs.values()].sort(byDueTimeAndTier), hasMore: cursor !== null };
};
