import { describe, expect, it } from 'vitest';
import type { FileEntry } from '../../../cli/entries/read-entries.ts';
import { orderByTime } from '../../../cli/replay/feed-by-clock.ts';
import { mayBeHistory } from '../../../cli/replay/feed-history.ts';

const entry = (number: number, occurredAt: string, backfill?: true): FileEntry => {
  const metadata = { eventId: `e-${number}`, occurredAt, schemaVersion: 1, ...(backfill && { backfill }) };
  const data = { leadId: 'l-1', activity: 'page_visited' };
  const body = { source: 'test', 'detail-type': 'LeadActivityRecorded', detail: { metadata, data } };
  return { file: 'events.jsonl', number, text: JSON.stringify(body) };
};

const until = Date.parse('2026-06-01T00:00:00Z');

const list = (entries: readonly FileEntry[]) =>
  orderByTime(entries, until).map(({ entry: { number }, at }) => [number, new Date(at).toISOString()]);

describe('the order of replayed time', () => {
  it('has each event at its own instant', () => {
    expect(list([entry(1, '2026-03-02T00:00:00Z'), entry(2, '2026-03-01T00:00:00Z')])).toEqual([
      [2, '2026-03-01T00:00:00.000Z'],
      [1, '2026-03-02T00:00:00.000Z'],
    ]);
  });

  it('has all history at the instant of its last event, since it is loaded afterwards', () => {
    const entries = [
      entry(1, '2024-03-01T00:00:00Z', true),
      entry(2, '2026-02-01T00:00:00Z'),
      entry(3, '2026-03-01T00:00:00Z', true),
      entry(4, '2026-04-01T00:00:00Z'),
    ];
    expect(list(entries)).toEqual([
      [2, '2026-02-01T00:00:00.000Z'],
      [1, '2026-03-01T00:00:00.000Z'],
      [3, '2026-03-01T00:00:00.000Z'],
      [4, '2026-04-01T00:00:00.000Z'],
    ]);
    expect(entries.map(mayBeHistory)).toEqual([true, false, true, false]);
  });

  it('refuses an event after the end', () => {
    expect(() => list([entry(7, '2026-07-01T00:00:00Z')])).toThrow(
      /--until: given 2026-06-01.*events\.jsonl:7/,
    );
  });
});
