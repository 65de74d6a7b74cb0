import { StackClock } from '../../infra/local/clock/stack-clock.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { computeLeeway } from '../clock/find-step.ts';
import { moveClock } from '../clock/move-clock.ts';
import type { FileEntry } from '../entries/read-entries.ts';
import type { RunningStack } from '../stack/run-stack.ts';
import { readStates } from '../table/read-table.ts';
import { feedWithBar } from './feed.ts';
import type { Feeding } from './feed-by-clock.ts';

/** Returns whether an entry may be history. It looks at the text only, so that a file isn't parsed for it. */
export const mayBeHistory = ({ text }: FileEntry): boolean => text.includes('"backfill"');

/** Returns the instant at which the last lead is settled that isn't yet; undefined if all are. */
const findSettling = async ({ client, leadsTable }: RunningStack): Promise<number | undefined> => {
  let last: number | undefined;
  for await (const { announced, dueAt } of readStates(client, leadsTable))
    if (announced !== undefined && dueAt !== undefined) last = Math.max(last ?? dueAt, dueAt);
  return last;
};

/**
 * Feeds events among which there is history, and then lets as much time pass as it takes to settle it: each lead is
 * announced once, as it stands. The clock of the stack is moved, so nobody waits.
 */
export const feedHistory = (
  entries: AsyncIterable<FileEntry> | Iterable<FileEntry>,
  model: ScoringModel,
): Feeding => {
  const clock = new StackClock(Date.now());
  return {
    clock,
    feed: async (running, bar) => {
      const fed = await feedWithBar(running, entries, bar);
      const settling = await findSettling(running);
      if (settling !== undefined) await moveClock({ running, clock, leeway: computeLeeway(model) }, settling);
      return fed;
    },
  };
};
