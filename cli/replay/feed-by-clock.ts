import { parseInbound } from '../../events/index.ts';
import { StackClock } from '../../infra/local/clock/stack-clock.ts';
import { parseEntry } from '../../shared/entries/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { computeLeeway } from '../clock/find-step.ts';
import { type ClockMover, moveClock } from '../clock/move-clock.ts';
import { type FileEntry, formatOrigin } from '../entries/read-entries.ts';
import { UsageError } from '../errors.ts';
import type { Progress } from '../output/progress.ts';
import type { RunningStack } from '../stack/run-stack.ts';
import { type Fed, feed } from './feed.ts';

/** An entry with the instant at which it is fed, in milliseconds since 1970. */
interface TimedEntry {
  readonly entry: FileEntry;
  readonly at: number;
}

interface Occurrence {
  readonly at: number;
  readonly isHistory: boolean;
}

/** Returns when an event occurred, and whether it is history; undefined for an entry that will be quarantined. */
const findOccurrence = (entry: FileEntry): Occurrence | undefined => {
  const parsed = parseEntry(entry, Number.POSITIVE_INFINITY);
  if (parsed.kind === 'rejected') return undefined;
  const judged = parseInbound(parsed.event, Number.POSITIVE_INFINITY);
  if (!judged.ok) return undefined;
  const { occurredAt, backfill } = judged.event.metadata;
  return { at: Date.parse(occurredAt), isHistory: backfill === true };
};

/**
 * Puts entries in the order of time, each at its own instant, and those that will be quarantined behind the entry before
 * them. History is loaded afterwards, so all of it comes at the instant of its last event: at its own instants, the quiet
 * time between two events of a lead would settle the lead again and again.
 *
 * @throws UsageError if an event occurred after `until`
 */
export const orderByTime = (entries: readonly FileEntry[], until: number): TimedEntry[] => {
  const occurrences = entries.map(findOccurrence);
  const loadedAt = occurrences.reduce(
    (latest, occurrence) => (occurrence?.isHistory ? Math.max(latest, occurrence.at) : latest),
    Number.NEGATIVE_INFINITY,
  );
  let last = Number.NEGATIVE_INFINITY;
  const timed = entries.map((entry, index): TimedEntry => {
    const occurrence = occurrences[index];
    if (occurrence !== undefined) last = occurrence.isHistory ? loadedAt : occurrence.at;
    return { entry, at: last };
  });
  const ordered = timed.toSorted((a, b) => a.at - b.at);
  const newest = timed.reduce<TimedEntry | undefined>(
    (a, b) => (a === undefined || b.at > a.at ? b : a),
    undefined,
  );
  if (newest === undefined || newest.at <= until) return ordered;
  const instant = (at: number): string => new Date(at).toISOString();
  throw new UsageError(
    `--until: given ${instant(until)}; allowed: an instant that isn't before the last event, ` +
      `${formatOrigin(newest.entry)} of ${instant(newest.at)}`,
  );
};

/** Returns the entries from a position on that occurred before an instant; at least one. */
const takeTogether = (entries: readonly TimedEntry[], from: number, before: number): TimedEntry[] => {
  const end = entries.findIndex(({ at }, index) => index > from && at >= before);
  return entries.slice(from, end === -1 ? undefined : end);
};

/** A way to feed events into a stack. */
export interface Feeding {
  /** The clock of the stack, if events are fed by it. @default the system's */
  readonly clock?: StackClock;
  readonly feed: (running: RunningStack, bar: Progress) => Promise<Fed>;
}

const feedTimed = async (mover: ClockMover, entries: readonly TimedEntry[], bar: Progress): Promise<Fed> => {
  const { running, clock, leeway } = mover;
  let [received, rejected] = [0, 0];
  while (received < entries.length) {
    const at = Math.max(entries[received]?.at ?? 0, clock.now());
    const followUp = await moveClock(mover, at);
    const together = takeTogether(entries, received, Math.min(followUp, at + leeway));
    clock.moveTo(Math.max(together.at(-1)?.at ?? 0, at));
    const before = rejected;
    const fed = await feed(
      running,
      together.map(({ entry }) => entry),
      (settled) => bar.update(Math.min(entries.length, before + settled)),
    );
    received += fed.received;
    rejected += fed.rejected;
  }
  return { received, rejected };
};

/**
 * Feeds events in the order of time, each at its own instant. What falls due before an event happens before it, and what
 * falls due after the last one until the clock stands at `until`.
 *
 * @throws UsageError if an event occurred after `until`
 */
export const feedByClock = (entries: readonly FileEntry[], until: number, model: ScoringModel): Feeding => {
  const timed = orderByTime(entries, until);
  const clock = new StackClock(timed.find(({ at }) => Number.isFinite(at))?.at ?? until);
  return {
    clock,
    feed: async (running, bar) => {
      const mover = { running, clock, leeway: computeLeeway(model) };
      try {
        const fed = await feedTimed(mover, timed, bar);
        await moveClock(mover, until);
        return fed;
      } finally {
        bar.stop();
      }
    },
  };
};
