import { describe, expect, it } from 'vitest';
import type { FileEntry } from '../../../cli/entries/read-entries.ts';
import { moveToPresent, readRecentSample } from '../../../cli/sample/recent-sample.ts';

const day = 86_400_000;

const line = (text: string, number = 1): FileEntry => ({ file: 'events.jsonl', number, text });

const instantsOf = (lines: readonly FileEntry[]): number[] =>
  lines.flatMap(({ text }) =>
    [...text.matchAll(/"occurredAt":"([^"]+)"/g)].map(([, at = '']) => Date.parse(at)),
  );

describe('the recent sample', () => {
  it('moves every instant by the same whole days, and nothing else', () => {
    const lines = [
      line('{"time":"2026-05-01T10:00:00.000Z","occurredAt":"2026-05-01T09:59:58.250Z","said":"2026-05-01"}'),
      line('{"time":"2026-05-03T06:00:00Z","occurredAt":"2026-05-03T06:00:00.000Z"}', 2),
    ];
    expect(moveToPresent(lines, Date.parse('2026-08-10T05:00:00.000Z'))).toEqual([
      line('{"time":"2026-08-07T10:00:00.000Z","occurredAt":"2026-08-07T09:59:58.250Z","said":"2026-05-01"}'),
      line('{"time":"2026-08-09T06:00:00.000Z","occurredAt":"2026-08-09T06:00:00.000Z"}', 2),
    ]);
  });

  it.each([
    ['at its last instant', '2026-05-29T06:46:14.531Z'],
    ['a moment before that time of day', '2027-01-05T06:46:14.530Z'],
    ['at the end of a day', '2027-01-05T23:59:59.999Z'],
    ['on a clock that is late', '2025-03-01T00:00:00.000Z'],
  ])('ends within the last day, and never in the future: %s', async (_, instant) => {
    const now = Date.parse(instant);
    const newest = Math.max(...instantsOf(await readRecentSample(now)));
    expect(newest).toBeLessThanOrEqual(now);
    expect(newest).toBeGreaterThan(now - day);
  });
});
