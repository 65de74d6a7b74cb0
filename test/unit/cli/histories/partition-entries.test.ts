import { existsSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LeadHistory } from '../../../../cli/histories/lead-history.ts';
import {
  type PartitionEntriesProps,
  type Partitions,
  partitionEntries,
} from '../../../../cli/histories/partition-entries.ts';
import { readHistories } from '../../../../cli/histories/read-histories.ts';
import { buildEntry, type EventInput, now } from '../../../support/events.ts';
import { temporaryFiles } from '../../../support/temporary-files.ts';

const { inFolder } = temporaryFiles();

const entry = (leadId: string, id: string, more: Partial<EventInput> = {}) =>
  buildEntry({
    type: 'LeadActivityRecorded',
    id,
    ...more,
    data: { leadId, activity: 'page_visited', ...more.data },
  });

const merge = (leadId: string, mergedLeadId: string, id: string) =>
  buildEntry({ type: 'LeadsMerged', id, data: { leadId, mergedLeadId } });

const toLines = (entries: readonly unknown[]): string =>
  entries.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n');

interface Read extends Pick<Partitions, 'counts' | 'firstAt' | 'lastAt'> {
  readonly histories: readonly LeadHistory[];
  /** The lead ids of each partition. */
  readonly byPartition: readonly (readonly string[])[];
  readonly rejected: readonly string[];
}

const read = async (content: string, props: Partial<PartitionEntriesProps> = {}): Promise<Read> => {
  const rejected: string[] = [];
  const partitions = await partitionEntries([inFolder('events.jsonl', content)], {
    now,
    threads: 1,
    onRejected: ({ number, item }, { code }) =>
      rejected.push(`${number}${item === undefined ? '' : `:${item}`} ${code}`),
    ...props,
  });
  try {
    const byPartition = partitions.files.map((file) => [...readHistories(file)]);
    const { counts, firstAt, lastAt } = partitions;
    return {
      counts,
      firstAt,
      lastAt,
      histories: byPartition.flat().toSorted((a, b) => (a.leadId < b.leadId ? -1 : 1)),
      byPartition: byPartition.map((histories) => histories.map(({ leadId }) => leadId)),
      rejected: rejected.toSorted(),
    };
  } finally {
    partitions.remove();
  }
};

const idsOf = ({ events }: LeadHistory): string[] => events.map(({ event }) => event.metadata.eventId);

describe('the events of files by lead', () => {
  it('are in the order of the files, with their numbers and positions', async () => {
    const { histories, counts } = await read(
      toLines([entry('a', '1'), entry('b', '2'), entry('a', '3', { at: '2026-01-01T00:00:00.000Z' })]),
    );
    expect(counts).toEqual({ received: 3, rejected: 0, duplicates: 0 });
    expect(histories.map(({ leadId }) => leadId)).toEqual(['a', 'b']);
    expect(histories[0]?.events.map(({ number, origin }) => [number, origin])).toEqual([
      [0, [0, 1, 0]],
      [2, [0, 3, 0]],
    ]);
  });

  it('span the time from the first to the last of them', async () => {
    const { firstAt, lastAt } = await read(
      toLines([entry('a', '1'), entry('b', '2', { at: '2026-01-01T00:00:00.000Z' })]),
    );
    expect([firstAt, lastAt]).toEqual(
      ['2026-01-01T00:00:00.000Z', '2026-03-01T09:00:00.000Z'].map((at) => Date.parse(at)),
    );
  });

  it('are read from lists, over several lines, and from requests of PutEvents', async () => {
    const { source, 'detail-type': type, detail } = entry('c', '3');
    const requested = { Source: source, DetailType: type, Detail: JSON.stringify(detail) };
    const { histories, counts } = await read(
      `${JSON.stringify([entry('a', '1')], null, 2)}\n${JSON.stringify(entry('b', '2'), null, 2)}\n${JSON.stringify(requested)}`,
      { partitions: 3 },
    );
    expect(counts.rejected).toBe(0);
    expect(histories.map(idsOf)).toEqual([['1'], ['2'], ['3']]);
  });

  it('have no lead that only looks like one: a name in the properties of an event is none', async () => {
    const data = { properties: { leadId: 'x' } };
    const { histories, rejected } = await read(toLines([entry('a', '1', { data })]), { partitions: 5 });
    expect(rejected).toEqual([]);
    expect(histories.map(({ leadId }) => leadId)).toEqual(['a']);
  });

  it('contain an event once however often it comes, also as history', async () => {
    const { histories, counts } = await read(
      toLines([entry('a', '1'), entry('a', '1'), entry('a', '1', { backfill: true })]),
    );
    expect(counts).toEqual({ received: 3, rejected: 0, duplicates: 2 });
    expect(histories[0]?.events).toMatchObject([{ number: 0, copies: 2 }]);
  });

  it('have of two copies the one that is no history, if that is asked for', async () => {
    const lines = toLines([entry('a', '1', { backfill: true }), entry('a', '1')]);
    const isHistory = ({ histories }: Read) => histories[0]?.events[0]?.event.metadata.backfill === true;
    expect(isHistory(await read(lines))).toBe(true);
    expect(isHistory(await read(lines, { prefersLive: true }))).toBe(false);
  });

  it('are rejected as the stack would reject them, with their positions', async () => {
    const { rejected, counts } = await read(
      toLines([
        entry('a', '1'),
        entry('a', '1', { data: { count: 2 } }),
        'no json',
        entry('no blanks', '2'),
        entry('a', '3', { at: '2999-01-01T00:00:00.000Z' }),
        `[${JSON.stringify(entry('a', '4', { data: { count: -1 } }))}]`,
      ]),
      { partitions: 2 },
    );
    expect(rejected).toEqual([
      '2 conflicting-content',
      '3 not-json',
      '4 malformed',
      '5 ahead-of-time',
      '6:1 malformed',
    ]);
    expect(counts).toEqual({ received: 6, rejected: 5, duplicates: 0 });
  });
});

describe('leads that merges make one', () => {
  const many = Array.from({ length: 40 }, (_, i) => `l-${i}`);

  it('are one history in one partition, named for the lead that survives, wherever their events were', async () => {
    const { histories, byPartition } = await read(
      toLines([
        ...many.map((leadId, i) => entry(leadId, `e-${i}`)),
        ...many
          .slice(1)
          .map((leadId, i) => merge(i % 2 === 0 ? 'l-0' : leadId, i % 2 === 0 ? leadId : 'l-0', `m-${i}`)),
      ]),
      { partitions: 7 },
    );
    expect(histories).toHaveLength(1);
    expect(histories[0]?.events).toHaveLength(79);
    expect(histories[0]?.events.map(({ number }) => number)).toEqual(Array.from({ length: 79 }, (_, i) => i));
    expect(byPartition.filter((leads) => leads.length > 0)).toHaveLength(1);
  });

  it('stay two if the merge is rejected', async () => {
    const { histories } = await read(toLines([entry('a', '1'), entry('b', '2'), merge('a', 'a', '3')]));
    expect(histories.map(({ leadId }) => leadId)).toEqual(['a', 'b']);
  });
});

describe('the folder of partitions', () => {
  it('can be read by its owner alone, and is gone once it is removed', async () => {
    const file = inFolder('one.jsonl', toLines([entry('a', '1')]));
    const { folder, files, remove } = await partitionEntries([file], { now });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(files.map((one) => statSync(one).mode & 0o077)).toEqual([0]);
    remove();
    expect(existsSync(folder)).toBe(false);
  });

  it('is gone if a file can not be read', async () => {
    const before = process.listenerCount('exit');
    await expect(partitionEntries(['/nowhere/events.jsonl'], { now })).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    });
    expect(process.listenerCount('exit')).toBe(before);
  });
});
