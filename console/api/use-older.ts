import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError } from './api-error.ts';

/** A later part of a list, and what asks for the next one: null if there is none. */
export interface ListPart<T> {
  readonly items: readonly T[];
  readonly cursor: string | null;
}

/** The items of a list that were loaded beside its first part. */
export interface Older<T> {
  readonly items: readonly T[];
  /** Loads the next part; undefined if there is none, or while it is loaded. */
  readonly loadMore: (() => void) | undefined;
  readonly hasMore: boolean;
  readonly error: ApiError | undefined;
}

/**
 * Loads the parts of a list after its first one, when they are asked for, and appends them.
 *
 * @param first the cursor of the first part; undefined until that is loaded
 * @param keys what is loaded is forgotten when one of these changes, also what is on its way
 */
export const useOlder = <T>(
  first: string | null | undefined,
  read: (cursor: string, signal: AbortSignal) => Promise<ListPart<T>>,
  keys: readonly unknown[],
): Older<T> => {
  const loaded = useSignal<ListPart<T> | undefined>(undefined);
  const error = useSignal<ApiError | undefined>(undefined);
  const isLoading = useSignal(false);
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => {
    loaded.value = undefined;
    error.value = undefined;
    isLoading.value = false;
    return () => {
      running.current?.abort();
      running.current = undefined;
    };
  }, keys);

  const cursor = loaded.value === undefined ? first : loaded.value.cursor;
  const load = async (from: string): Promise<void> => {
    if (isLoading.peek()) return;
    const controller = new AbortController();
    running.current = controller;
    isLoading.value = true;
    error.value = undefined;
    try {
      const next = await read(from, controller.signal);
      if (controller.signal.aborted) return;
      loaded.value = { items: [...(loaded.peek()?.items ?? []), ...next.items], cursor: next.cursor };
    } catch (failure) {
      if (controller.signal.aborted) return;
      if (!(failure instanceof ApiError)) throw failure;
      error.value = failure;
    } finally {
      if (!controller.signal.aborted) isLoading.value = false;
    }
  };
  return {
    items: loaded.value?.items ?? [],
    loadMore: cursor && !isLoading.value ? () => void load(cursor) : undefined,
    hasMore: Boolean(cursor),
    error: error.value,
  };
};
