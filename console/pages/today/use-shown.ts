import { useComputed, useSignal } from '@preact/signals';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { now } from '../../parts/clock.ts';
import { answers } from '../../parts/handoff/answering.ts';
import type { ListedHandoff } from './handoff.ts';
import { focusedRowId, focusRow } from './keys.ts';
import { holdStill } from './shown-list.ts';

/** The time after a touch in which the finger may come down again, in milliseconds. */
const touchMs = 5_000;

/** The time for which a row is marked as new, in milliseconds. */
const newMs = 60_000;

/** Notices whether the pointer is over a list or its button, or was just now, so that a row that moves could be hit by mistake. */
const usePointer = () => {
  const isOver = useRef(false);
  const touchedAt = useRef(Number.NEGATIVE_INFINITY);
  const handlers = {
    onPointerEnter: ({ pointerType }: PointerEvent) => {
      if (pointerType === 'mouse') isOver.current = true;
    },
    onPointerLeave: () => {
      isOver.current = false;
    },
    onPointerDown: () => {
      touchedAt.current = Date.now();
    },
  };
  const isAiming = useCallback((): boolean => {
    const isRecent = Date.now() - touchedAt.current < touchMs;
    return document.visibilityState === 'visible' && (isOver.current || isRecent);
  }, []);
  return { handlers, isAiming };
};

/** Keeps the focus in a list whose row was removed: on the row that took its place. */
const useFocusKept = (ids: readonly string[]): void => {
  const last = useRef<{ readonly id: string; readonly at: number }>(undefined);
  useLayoutEffect(() => {
    const { current } = last;
    if (current !== undefined && document.activeElement === document.body) {
      const next = ids.includes(current.id) ? current.id : ids[Math.min(current.at, ids.length - 1)];
      if (next !== undefined) focusRow(next);
    }
    const remember = (): void => {
      const id = focusedRowId();
      last.current = id === undefined ? undefined : { id, at: ids.indexOf(id) };
    };
    remember();
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, [ids]);
};

/** Returns the rows after an update: those with a failed answer stay, since the reader must see why it failed. */
const bringUpToDate = (
  shown: readonly ListedHandoff[],
  loaded: readonly ListedHandoff[],
): readonly ListedHandoff[] => {
  const ids = new Set(loaded.map(({ id }) => id));
  const failed = shown.filter(({ id }) => !ids.has(id) && answers.peek().get(id)?.step === 'failed');
  return [...failed, ...loaded];
};

/**
 * Decides which rows of a list are shown. New ones appear, and old ones go, by themselves, unless the pointer is over the
 * list: then nothing moves, so that no click hits another row than it was meant for, and a button brings the list up to
 * date.
 */
export const useShown = (loaded: readonly ListedHandoff[]) => {
  const { handlers, isAiming } = usePointer();
  const shown = useSignal(loaded);
  const latest = useSignal(loaded);
  const seenAt = useRef(new Map(loaded.map(({ id }) => [id, Number.NEGATIVE_INFINITY])));
  const announced = useSignal(0);

  const update = useCallback(() => {
    shown.value = bringUpToDate(shown.peek(), latest.peek());
  }, [shown, latest]);

  useEffect(() => {
    if (latest.peek() === loaded) return;
    const fresh = loaded.filter(({ id }) => !seenAt.current.has(id));
    for (const { id } of fresh) seenAt.current.set(id, Date.now());
    latest.value = loaded;
    announced.value = fresh.length;
    if (!isAiming()) update();
  }, [loaded, latest, announced, isAiming, update]);

  const list = useComputed(() => holdStill(shown.value, latest.value));
  useFocusKept(list.value.rows.map(({ id }) => id));
  const isNew = (id: string): boolean => now.value - (seenAt.current.get(id) ?? 0) < newMs;
  return { ...list.value, isNew, announced: announced.value, update, handlers };
};
