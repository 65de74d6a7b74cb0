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

/** Takes the values of a page of keys up to a number of them, with the key after which the rest follows. */
const takeValues = <T>(
  { keys, next }: KeyPage,
  values: readonly (T | undefined)[],
  most: number,
): { readonly taken: readonly T[]; readonly after: IndexKey | undefined } => {
  const taken: T[] = [];
  for (const [i, key] of keys.entries()) {
    const value = values[i];
    if (value !== undefined) taken.push(value);
    if (taken.length === most && i + 1 < keys.length) return { taken, after: key };
  }
  return { taken, after: next };
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
}: PageProps<T, S>): Promise<Page<T>> => {
  const found: T[] = [];
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
      const { taken, after: last } = takeValues(page, values, limit - found.length);
      found.push(...taken);
      after = last;
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
