/** A page of a list, and what asks for the next one: null after the last page. */
export interface ListPage<T> {
  readonly items: readonly T[];
  readonly cursor: string | null;
}

/** The cursor at which a list goes on: undefined at its beginning, null after its last page. */
export type ListPosition = string | null | undefined;

interface Bounds {
  /** The requests after which a list waits for its reader: a page may be empty and still not be the last. */
  readonly requests: number;
  /** The items after which it does. */
  readonly items: number;
}

/**
 * Reads pages of a list one after the other until its end or until there are enough.
 *
 * @param onPage is given each page, and may end the reading by `end`
 */
export const readSome = async <T>(
  from: ListPosition,
  { requests, items }: Bounds,
  read: (cursor: string | undefined) => Promise<ListPage<T>>,
  onPage: (page: ListPage<T>) => 'go-on' | 'end',
): Promise<void> => {
  let cursor = from;
  let found = 0;
  for (let asked = 0; asked < requests && found < items && cursor !== null; asked += 1) {
    const page = await read(cursor);
    if (onPage(page) === 'end') return;
    cursor = page.cursor;
    found += page.items.length;
  }
};
