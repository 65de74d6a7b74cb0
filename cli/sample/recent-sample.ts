import { resolve } from 'node:path';
import { dayMs } from '../../events/index.ts';
import { type FileEntry, readEntries } from '../entries/read-entries.ts';

const sampleFile = resolve(import.meta.dirname, 'events.jsonl');

const instantFields = /"(occurredAt|time)":"([^"]+)"/g;

const findNewest = (lines: readonly FileEntry[]): number => {
  let newest = Number.NEGATIVE_INFINITY;
  for (const { text } of lines) {
    for (const [, , instant = ''] of text.matchAll(instantFields)) {
      newest = Math.max(newest, Date.parse(instant));
    }
  }
  return newest;
};

/**
 * Moves lines of events by whole days, so that the newest instant among them is within the last day. Windows such as
 * "in the last 30 days" and the times of day stay as they were.
 */
export const moveToPresent = (lines: readonly FileEntry[], now: number): FileEntry[] => {
  const distance = Math.floor((now - findNewest(lines)) / dayMs) * dayMs;
  return lines.map(({ text, ...line }) => ({
    ...line,
    text: text.replace(
      instantFields,
      (_, field: string, instant: string) =>
        `"${field}":"${new Date(Date.parse(instant) + distance).toISOString()}"`,
    ),
  }));
};

/** Reads the sample stream as if it ended within the last day before `now`, in milliseconds since 1970. */
export const readRecentSample = async (now: number): Promise<FileEntry[]> =>
  moveToPresent(await Array.fromAsync(readEntries([sampleFile])), now);
