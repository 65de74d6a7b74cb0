import { openCursor, sealCursor } from '../../shared/api/index.ts';
import type { IndexKey } from '../../shared/dynamodb/index.ts';
import type { QueryDeps } from './deps.ts';

/** The start of a page: in a source, after a key, or at its beginning. */
export interface PageStart {
  readonly source: string;
  readonly after?: IndexKey | undefined;
}

/** A page of keys, which may be empty although there are more. */
interface KeyPage {
  readonly keys: readonly IndexKey[];
  /** The key after which the next page begins; undefined at the end. */
  readonly next: IndexKey | undefined;
  /** The number of items that were read to find the keys. */
  readonly read: number;
}

/** A list of keys that is read a page at a time. */
export interface Source {
  /** Names it among the others. */
  readonly id: string;
  readonly read: (after: IndexKey | undefined, bounds: ReadBounds) => Promise<KeyPage>;
}

interface ReadBounds {
  /** The keys that are wanted. */
  readonly wanted: number;
  /** The most items to read. */
  readonly most: number;
}

interface PageProps<T, S extends Source> {
  /** The sources, in the order in which they are read. */
  readonly sources: readonly S[];
  readonly from: PageStart | undefined;
  readonly limit: number;
  /** The most items to read, those that are loaded by their keys included. */
  readonly mostRead: number;
  /** Whether most of the keys may lead to nothing that is asked for. Then more of them are read at once. */
  readonly isFiltered: boolean;
  /** Loads what belongs to keys, one for each, in their order; undefined for one that isn't asked for. */
  readonly load: (keys: readonly IndexKey[], source: S) => Promise<readonly (T | undefined)[]>;
  /** @default - values take no room */
  readonly room?: PageRoom<T> | undefined;
}

/** The room of a page whose values may be large. One value always fits. */
interface PageRoom<T> {
  readonly bytes: number;
  readonly measure: (value: T) => number;
}

interface Page<T> {
  readonly found: readonly T[];
  /** The start of the next page; undefined at the end. */
  readonly next: PageStart | undefined;
}

/** The most keys that are loaded in one request. */
const mostLoaded = 100;

/** Takes the first keys of a page. */
const takeKeys = (page: KeyPage, wanted: number): KeyPage => {
  const keys = page.keys.slice(0, wanted);
  return { ...page, keys, next: keys.length < page.keys.length ? keys.at(-1) : page.next };
};

/** The part of a page of keys whose values fit. */
interface Taken<T> {
  readonly taken: readonly T[];
  /** The key after which the rest follows; undefined at the end. */
  readonly after: IndexKey | undefined;
  /** Whether a value didn't fit. */
  readonly isCut: boolean;
}

/** Takes the values of a page of keys while they fit. @param before the key after which the page of keys begins */
const takeValues = <T>(
  { keys, next }: KeyPage,
  values: readonly (T | undefined)[],
  before: IndexKey | undefined,
  fits: (value: T) => boolean,
): Taken<T> => {
  const end = values.findIndex((value) => value !== undefined && !fits(value));
  const isCut = end >= 0;
  const taken = (isCut ? values.slice(0, end) : values).filter((value) => value !== undefined);
  return { taken, after: isCut ? (keys[end - 1] ?? before) : next, isCut };
};

/** Returns a check that counts: whether one value more fits into a page. The first always does. */
const createFit = <T>(limit: number, room: PageRoom<T> | undefined): ((value: T) => boolean) => {
  let count = 0;
  let bytes = 0;
  return (value) => {
    count += 1;
    bytes += room?.measure(value) ?? 0;
    return count <= limit && (count === 1 || bytes <= (room?.bytes ?? bytes));
  };
};

/**
 * Reads a page over several sources, one after the other. It ends when it is full or when enough was read, so that it may
 * hold fewer values than asked for, or none, although there are more.
 */
export const readPage = async <T, S extends Source>({
  sources,
  from,
  limit,
  mostRead,
  isFiltered,
  load,
  room,
}: PageProps<T, S>): Promise<Page<T>> => {
  const found: T[] = [];
  const fits = createFit(limit, room);
  let left = mostRead;
  const first = Math.max(
    0,
    sources.findIndex(({ id }) => id === from?.source),
  );
  for (const [i, source] of sources.slice(first).entries()) {
    let after = i === 0 ? from?.after : undefined;
    do {
      // A key is read, and what it leads to.
      if (found.length >= limit || left < 2) return { found, next: { source: source.id, after } };
      const most = Math.floor(left / 2);
      const wanted = Math.min(isFiltered ? mostLoaded : limit - found.length, mostLoaded, most);
      const page = takeKeys(await source.read(after, { wanted, most }), wanted);
      const values = page.keys.length === 0 ? [] : await load(page.keys, source);
      left -= Math.max(1, page.read + page.keys.length);
      const { taken, after: last, isCut } = takeValues(page, values, after, fits);
      found.push(...taken);
      after = last;
      if (isCut) return { found, next: { source: source.id, after } };
    } while (after !== undefined);
  }
  return { found, next: undefined };
};

/**
 * Opens the cursor of a query, and returns a function that seals the next one.
 *
 * @param query the operation and its filters: a cursor of another query is refused
 * @throws ApiProblem for a cursor that isn't valid
 */
export const openPage = async <Position>(
  { requests, now }: Pick<QueryDeps, 'requests' | 'now'>,
  query: readonly unknown[],
  cursor: string | undefined,
) => {
  // Most answers are whole and need no secret.
  const readProps = async () => ({ secret: await requests.readCursorSecret(), now: now(), query });
  const from = cursor === undefined ? undefined : (openCursor(await readProps(), cursor) as Position);
  const seal = async (next: Position | undefined): Promise<string | null> =>
    next === undefined ? null : sealCursor(await readProps(), next);
  return { from, seal };
};
