/** The time without use after which a page that is seen is taken to be left alone, in milliseconds. */
const idleAfterMs = 180_000;

/** A page that is left alone asks so much less often: its requests are the largest part of what the console costs. */
const idleFactor = 4;

/** Returns the pause after a load, by the time of the reader's last key, click or movement of the pointer before it. */
const pauseAfter = (loadedAt: number, usedAt: number, everyMs: number): number =>
  loadedAt - usedAt >= idleAfterMs ? everyMs * idleFactor : everyMs;

const signsOfUse = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'focus'] as const;

/**
 * Loads something again and again while the page is seen, the first time after a pause. A hidden page asks for nothing;
 * whoever comes back to it, or uses it again, sees what is new at once if it is due,
 * and always once there is a connection again.
 *
 * @param load may take longer than the pause
 * @returns a function that ends it
 */
export const keepFresh = (load: () => void, everyMs: number): (() => void) => {
  let loadedAt = Date.now();
  let usedAt = loadedAt;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const loadIfDue = (): void => {
    clearTimeout(timer);
    if (document.visibilityState === 'hidden') return;
    const now = Date.now();
    if (now - loadedAt >= pauseAfter(loadedAt, usedAt, everyMs)) {
      loadedAt = now;
      load();
    }
    timer = setTimeout(loadIfDue, loadedAt + pauseAfter(loadedAt, usedAt, everyMs) - now);
  };
  const loadOnline = (): void => {
    loadedAt = Number.NEGATIVE_INFINITY;
    loadIfDue();
  };
  const noteUse = (): void => {
    usedAt = Date.now();
    if (usedAt - loadedAt >= everyMs) loadIfDue();
  };
  const noteSight = (): void => {
    usedAt = Date.now();
    loadIfDue();
  };
  for (const sign of signsOfUse) addEventListener(sign, noteUse, { passive: true });
  document.addEventListener('visibilitychange', noteSight);
  addEventListener('online', loadOnline);
  loadIfDue();
  return () => {
    clearTimeout(timer);
    for (const sign of signsOfUse) removeEventListener(sign, noteUse);
    document.removeEventListener('visibilitychange', noteSight);
    removeEventListener('online', loadOnline);
  };
};
