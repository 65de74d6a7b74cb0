import { type Answer, call } from '../../api/call.ts';
import type { ListPart } from '../../api/use-older.ts';

type QuarantineList = Answer<'listQuarantine'>;
export type ListedEvent = QuarantineList['events'][number];
export type QuarantineState = ListedEvent['state'] | 'all';

/** The filters of the list. */
export interface QuarantineFilters {
  readonly state: QuarantineState;
  readonly code?: ListedEvent['code'];
  readonly source?: string;
  readonly lead?: string;
}

/** A page may be empty and still not be the last; so many are read at once at most. */
const mostPages = 10;

/** The events that are read at once, if there are so many. */
const enough = 50;

/** Orders events: those that came last are first. */
export const byLastReceived = (a: ListedEvent, b: ListedEvent): number =>
  a.lastReceivedAt < b.lastReceivedAt ? 1 : a.lastReceivedAt > b.lastReceivedAt ? -1 : 0;

/** Loads rejected events, page by page, until there are enough or no more. @param from null at the beginning */
export const loadQuarantine = async (
  filters: QuarantineFilters,
  from: string | null,
  signal: AbortSignal,
): Promise<ListPart<ListedEvent>> => {
  const items: ListedEvent[] = [];
  let cursor = from;
  for (let pages = 0; pages < mostPages && items.length < enough; pages += 1) {
    const page = await call('listQuarantine', {
      query: { ...filters, limit: `${enough}`, ...(cursor !== null && { cursor }) },
      signal,
    });
    items.push(...page.events);
    cursor = page.cursor;
    if (cursor === null) break;
  }
  return { items, cursor };
};
