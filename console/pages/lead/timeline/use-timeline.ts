import type { ApiError } from '../../../api/api-error.ts';
import { type Answer, call } from '../../../api/call.ts';
import { useOlder } from '../../../api/use-older.ts';
import { type LoadedResource, useResource } from '../../../api/use-resource.ts';
import type { Entry } from '../types.ts';

type Page = Answer<'getTimeline'>;

/** The entries of one request. */
const limit = '50';

/** The milliseconds after which the timeline of an erased lead is loaded again. */
const emptiedMs = 5_000;

/** The timeline of a lead as far as it was loaded. */
export interface Timeline {
  readonly first: LoadedResource<Page>;
  readonly entries: readonly Entry[];
  readonly hasOlder: boolean;
  /** Loads older ones; undefined if there are none, or while they are loaded. */
  readonly loadOlder: (() => void) | undefined;
  readonly error: ApiError | undefined;
}

/**
 * Loads the latest entries of a timeline, and older ones when they are asked for.
 *
 * @param version reloads it if it rises; undefined of a lead that was erased, whose entries are emptied one by one
 */
export const useTimeline = (id: string, version: number | undefined): Timeline => {
  const first = useResource(
    (signal) => call('getTimeline', { path: { id }, query: { limit }, signal }),
    [id, version],
    version === undefined ? { everyMs: emptiedMs } : {},
  );
  const page = first.resource.value.value;
  const older = useOlder<Entry>(
    page?.cursor,
    async (cursor, signal) => {
      const next = await call('getTimeline', { path: { id }, query: { limit, cursor }, signal });
      return { items: next.entries, cursor: next.cursor };
    },
    [id, version, page?.entries[0]?.hash],
  );
  return {
    first,
    entries: [...(page?.entries ?? []), ...older.items],
    hasOlder: older.hasMore,
    loadOlder: older.loadMore,
    error: older.error,
  };
};
