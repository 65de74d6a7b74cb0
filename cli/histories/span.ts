import type { EntryOrigin } from './lead-history.ts';

/** The time that events span. Instants are milliseconds since 1970. */
export interface Span {
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
  /** The position of the last event. */
  readonly last: EntryOrigin | undefined;
  /** The instant of the last event that is history. */
  readonly lastHistoryAt: number | undefined;
}

/** The span of no event. */
export const noSpan: Span = {
  firstAt: undefined,
  lastAt: undefined,
  last: undefined,
  lastHistoryAt: undefined,
};

const later = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);

/** Returns the span that contains two. Of two events of the last instant, the first counts as the last. */
export const widenSpan = (a: Span, b: Span): Span => {
  const firstAt =
    a.firstAt === undefined || b.firstAt === undefined
      ? (a.firstAt ?? b.firstAt)
      : Math.min(a.firstAt, b.firstAt);
  const isLater = b.lastAt !== undefined && (a.lastAt === undefined || b.lastAt > a.lastAt);
  return {
    firstAt,
    lastAt: later(a.lastAt, b.lastAt),
    last: isLater ? b.last : a.last,
    lastHistoryAt: later(a.lastHistoryAt, b.lastHistoryAt),
  };
};
