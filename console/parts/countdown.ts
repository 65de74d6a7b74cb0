/** A time that runs down, and stands still while anything holds it. */
export interface Countdown {
  /** Lets it stand still for a reason, until it is released of all of them. */
  readonly hold: (reason: string) => void;
  readonly release: (reason: string) => void;
  /** Ends it for good. */
  readonly stop: () => void;
}

/** Starts a countdown. @param onEnd is called once, when the time has run down */
export const startCountdown = (ms: number, onEnd: () => void): Countdown => {
  const reasons = new Set<string>();
  let left = ms;
  let startedAt = Date.now();
  let timer = setTimeout(onEnd, left);
  let isStopped = false;
  return {
    hold: (reason) => {
      if (reasons.size === 0) left -= Date.now() - startedAt;
      reasons.add(reason);
      clearTimeout(timer);
    },
    release: (reason) => {
      if (!reasons.delete(reason) || reasons.size > 0 || isStopped) return;
      startedAt = Date.now();
      timer = setTimeout(onEnd, left);
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
};

/** Returns the handlers of an element that lets a countdown stand still while the pointer or the focus is on it. */
export const holdWhileOn = ({ hold, release }: Pick<Countdown, 'hold' | 'release'>) => ({
  onPointerEnter: () => hold('pointer'),
  onPointerLeave: () => release('pointer'),
  onFocusIn: () => hold('focus'),
  onFocusOut: () => release('focus'),
});
