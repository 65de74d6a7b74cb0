import { minuteMs } from '../../events/index.ts';

/** The refused requests of a source that are noted one by one in a minute, by one environment of the function. */
const mostAMinute = 30;

/** The refusals of a source in a minute. */
interface Minute {
  readonly began: number;
  noted: number;
  /** The refusals that aren't noted yet, by reason. */
  readonly waiting: Map<string, number>;
}

/** Adds refusals up that are too many to be noted one by one. */
interface Refusals {
  /** Returns whether a refusal is to be noted now. If not, it is counted with the next note of its source. */
  admit(source: string, reason: string): boolean;
  /** Returns the refusals by reason that the next note has to count too, and forgets them. */
  take(source: string): ReadonlyMap<string, number>;
}

/**
 * Creates the sums of refusals. Anybody may send what is refused, and each note is a write to one item: a flood of them
 * must neither cost much nor keep the notes of what is taken in from being written. An environment that ends forgets what
 * it has added up.
 */
export const createRefusals = (now: () => number): Refusals => {
  const minutes = new Map<string, Minute>();
  const minuteOf = (source: string): Minute => {
    const before = minutes.get(source);
    if (before !== undefined && now() - before.began < minuteMs) return before;
    const next = { began: now(), noted: 0, waiting: before?.waiting ?? new Map<string, number>() };
    minutes.set(source, next);
    return next;
  };
  return {
    admit: (source, reason) => {
      const minute = minuteOf(source);
      minute.noted += 1;
      if (minute.noted <= mostAMinute) return true;
      minute.waiting.set(reason, (minute.waiting.get(reason) ?? 0) + 1);
      return false;
    },
    take: (source) => {
      const { waiting } = minuteOf(source);
      const taken = new Map(waiting);
      waiting.clear();
      return taken;
    },
  };
};
