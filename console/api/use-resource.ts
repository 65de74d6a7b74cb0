import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import { ApiError } from './api-error.ts';
import { keepFresh } from './refreshing.ts';

/** A value that is loaded, or the reason why it isn't. It stays while it is loaded again. */
interface Resource<T> {
  readonly value: T | undefined;
  readonly error: ApiError | undefined;
  readonly isLoading: boolean;
  /** When the value was loaded, in milliseconds since 1970. */
  readonly at: number | undefined;
}

export interface LoadedResource<T> {
  readonly resource: ReadonlySignal<Resource<T>>;
  /** Loads it again at once. */
  readonly reload: () => void;
}

interface Options {
  /** The milliseconds after which it is loaded again while the page is seen and used. @default only once */
  readonly everyMs?: number;
}

const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError
    ? error
    : new ApiError({ kind: 'unavailable', status: 0, detail: String(error), errors: [] });

/**
 * Loads something when a component is shown, and again when one of `keys` changes.
 *
 * @param load must end when its signal is aborted
 */
export const useResource = <T>(
  load: (signal: AbortSignal) => Promise<T>,
  keys: readonly unknown[],
  { everyMs }: Options = {},
): LoadedResource<T> => {
  const resource = useSignal<Resource<T>>({
    value: undefined,
    error: undefined,
    isLoading: true,
    at: undefined,
  });
  const latest = useRef(load);
  latest.current = load;
  const running = useRef<AbortController | undefined>(undefined);

  const reload = useCallback(async () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    resource.value = { ...resource.peek(), isLoading: true };
    try {
      const value = await latest.current(controller.signal);
      if (controller.signal.aborted) return;
      resource.value = { value, error: undefined, isLoading: false, at: Date.now() };
    } catch (error) {
      if (controller.signal.aborted) return;
      resource.value = { ...resource.peek(), error: asApiError(error), isLoading: false };
    }
  }, [resource]);

  useEffect(() => {
    resource.value = { value: undefined, error: undefined, isLoading: true, at: undefined };
    void reload();
    return () => running.current?.abort();
  }, [...keys, reload]);

  useEffect(() => {
    // A load that takes longer than the pause would never end if the next one took its place.
    const reloadIfIdle = (): void => {
      if (!resource.peek().isLoading) void reload();
    };
    return everyMs === undefined ? undefined : keepFresh(reloadIfIdle, everyMs);
  }, [everyMs, reload, resource]);

  return { resource, reload: () => void reload() };
};
