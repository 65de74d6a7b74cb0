import { beforeEach, describe, expect, it } from 'vitest';
import { type BusEvent, dayMs, hourMs, minuteMs, parseInternal } from '../../../events/index.ts';
import { createClockProgress, createDueItemReader } from '../../../shared/clock/index.ts';
import { S } from '../../../shared/dynamodb/index.ts';
import { handoffKey, nurtureKey, stateKey } from '../../../shared/keys/index.ts';
import { metrics } from '../../../shared/lambda/index.ts';
import { createClock, createRecordingQueues, plant } from '../../support/due.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { indexes } from '../../support/tables.ts';

const hour = Date.parse('2026-06-01T10:00:00.000Z');
const at = (ms: number): string => new Date(ms).toISOString();
const leadIdsOf = (events: readonly BusEvent[]) =>
  events.map(({ detail }) => (detail.data as { leadId: string }).leadId);

let client: ReturnType<typeof memoryClient>;
beforeEach(() => {
  client = memoryClient({ tables: indexes });
  metrics.clearMetrics();
});

const plantLead = (leadId: string, dueAt?: number, writtenAt = 0) =>
  plant(client, 'leads', stateKey(leadId), dueAt === undefined ? undefined : at(dueAt), {
    writtenAt,
    more: { status: S('active') },
  });

/** Notes that the clock is already running, and everything up to an hour is done. */
const noteRunning = async (doneHour: number): Promise<void> => {
  const progress = createClockProgress(client, 'leads');
  await progress.noteHour(doneHour);
  await progress.noteSweep(undefined, doneHour);
};

const loadProgress = () => createClockProgress(client, 'leads').load();

/** Runs the clock at an instant, and returns what its queues took. */
const run = async (
  now: number,
  deps: Partial<Parameters<typeof createClock>[2]> = {},
  queues = createRecordingQueues(),
) => {
  const advanced = await createClock(client, 'leads', { send: queues.send, now: () => now, ...deps })();
  return { ...advanced, sent: queues.sent };
};

/** Runs the clock, and returns the hours that it read, in its order. */
const listHoursRead = async (now: number, deps: Partial<Parameters<typeof createClock>[2]> = {}) => {
  const read: string[] = [];
  const readDueItems = createDueItemReader(client, 'leads');
  await run(now, {
    ...deps,
    readDueItems: (dueKey, until) => {
      read.push(dueKey.slice(0, 13));
      return readDueItems(dueKey, until);
    },
  });
  return [...new Set(read)];
};

describe('what is due', () => {
  beforeEach(() => noteRunning(hour - hourMs));

  it('is sent to the consumer of each kind, as its contract says', async () => {
    await plantLead('l-1', hour);
    await plant(client, 'leads', handoffKey('l-2', 'h-1'), at(hour + 4 * minuteMs));
    await plant(client, 'leads', nurtureKey('l-3'), at(hour + minuteMs));
    const kinds: string[] = [];
    const { send, sent } = createRecordingQueues();
    await run(hour + 5 * minuteMs, {
      send: (kind, messages) => {
        kinds.push(kind);
        return send(kind, messages);
      },
    });
    expect(kinds.sort()).toEqual(['handoff', 'lead', 'nurture']);
    const parsed = sent.map((event) => parseInternal(event));
    expect(parsed.sort((a, b) => (String(a?.type) < String(b?.type) ? -1 : 1))).toEqual([
      {
        type: 'HandoffDue',
        source: 'sluice',
        metadata: { eventId: 'sluice.clock', occurredAt: at(hour + 4 * minuteMs), schemaVersion: 1 },
        data: { leadId: 'l-2', handoffId: 'h-1', dueAt: at(hour + 4 * minuteMs) },
      },
      {
        type: 'LeadClockAdvanced',
        source: 'sluice',
        metadata: { eventId: 'sluice.clock', occurredAt: at(hour), schemaVersion: 1 },
        data: { leadId: 'l-1' },
      },
      {
        type: 'NurtureDue',
        source: 'sluice',
        metadata: { eventId: 'sluice.clock', occurredAt: at(hour + minuteMs), schemaVersion: 1 },
        data: { leadId: 'l-3', dueAt: at(hour + minuteMs) },
      },
    ]);
  });

  it('is not sent before its instant, nor skipped for coming later in the hour', async () => {
    await plantLead('l-1', hour + 30 * minuteMs);
    expect((await run(hour + 29 * minuteMs)).sent).toEqual([]);
    expect(leadIdsOf((await run(hour + 30 * minuteMs)).sent)).toEqual(['l-1']);
  });

  it('is sent again while it stays in the index and its hour is not done', async () => {
    await plantLead('l-1', hour);
    for (const minutes of [1, 61, 119]) expect((await run(hour + minutes * minuteMs)).sent).toHaveLength(1);
    await run(hour + 2 * hourMs + minuteMs);
    expect((await run(hour + 2 * hourMs + 6 * minuteMs)).sent).toEqual([]);
  });

  it('is found in the hour of its writing if its instant had passed by then', async () => {
    await plantLead('l-1', hour - 30 * dayMs, hour + 20 * minuteMs);
    expect((await run(hour + 21 * minuteMs)).sent).toMatchObject([
      { detail: { metadata: { occurredAt: at(hour - 30 * dayMs) } } },
    ]);
  });

  it('does not stop at an item of a kind that a later version has written', async () => {
    await plant(client, 'leads', { pk: 'LEAD#l-0', sk: 'REMINDER' }, at(hour));
    await plantLead('l-1', hour);
    expect(leadIdsOf((await run(hour + minuteMs)).sent)).toEqual(['l-1']);
  });
});

describe('an hour', () => {
  it('is done once it is over by more than an hour, and is then never read again', async () => {
    await noteRunning(hour - hourMs);
    await run(hour + 2 * hourMs);
    expect((await loadProgress()).doneHour).toBe(hour - hourMs);
    await run(hour + 2 * hourMs + 1);
    expect((await loadProgress()).doneHour).toBe(hour);
    expect(await listHoursRead(hour + 2 * hourMs + minuteMs)).toEqual(['2026-06-01T11', '2026-06-01T12']);
  });

  it('of an outage of days is read once, the oldest first', async () => {
    await noteRunning(hour - 3 * dayMs);
    await plantLead('late', hour - hourMs);
    await plantLead('early', hour - 2 * dayMs);
    const read = await listHoursRead(hour + minuteMs);
    expect(read).toHaveLength(72);
    expect(read).toEqual(read.toSorted());
    expect(await listHoursRead(hour + 6 * minuteMs)).toEqual(['2026-06-01T09', '2026-06-01T10']);
  });

  it('with more than one run takes is done in several runs, while its consumer removes what it has followed', async () => {
    await noteRunning(hour - 2 * dayMs);
    const all = Array.from({ length: 95 }, (_, i) => `l-${i}`);
    for (const [i, leadId] of all.entries()) await plantLead(leadId, hour - dayMs + i * 1_000);
    const followed = new Set<string>();
    const runs: number[] = [];
    for (let i = 0; i < 4; i++) {
      const { sent } = await run(hour + i * 5 * minuteMs, { mostMessages: 30 });
      runs.push(sent.length);
      for (const leadId of leadIdsOf(sent)) {
        followed.add(leadId);
        await plantLead(leadId, hour + 30 * dayMs);
      }
      const isDone = ((await loadProgress()).doneHour ?? 0) >= hour - dayMs;
      expect(isDone).toBe(i === 3);
    }
    expect(runs).toEqual([30, 30, 30, 5]);
    expect([...followed].sort()).toEqual(all.toSorted());
  });

  it('is not done while a queue has not taken its messages, and later hours are sent all the same', async () => {
    await noteRunning(hour - 2 * dayMs);
    await plantLead('stuck', hour - dayMs);
    await plantLead('other', hour - hourMs);
    const isStuck = (events: readonly BusEvent[]) => leadIdsOf(events).includes('stuck');
    const queues = createRecordingQueues((events) => (isStuck(events) ? 0 : events.length));
    await expect(run(hour, {}, queues)).rejects.toMatchObject({ code: 'CLOCK_MESSAGES_NOT_SENT' });
    expect(leadIdsOf(queues.sent)).toEqual(['other']);
    expect((await loadProgress()).doneHour).toBe(hour - dayMs - hourMs);
    expect(leadIdsOf((await run(hour + 5 * minuteMs)).sent)).toEqual(['stuck', 'other']);
    expect((await loadProgress()).doneHour).toBe(hour - 2 * hourMs);
  });

  it('is read again if the run ended in the middle', async () => {
    await noteRunning(hour - dayMs);
    for (let i = 0; i < 40; i++) await plantLead(`l-${i}`, hour - 3 * hourMs);
    let sent = 0;
    const send = async () => {
      if (++sent > 3) throw new Error('the process ends here');
      return 10;
    };
    await expect(run(hour, { send })).rejects.toThrow('ends here');
    expect((await loadProgress()).doneHour).toBe(hour - dayMs);
    expect(new Set(leadIdsOf((await run(hour)).sent)).size).toBe(40);
  });

  it('that another run has done stays done', async () => {
    await noteRunning(hour);
    await createClockProgress(client, 'leads').noteHour(hour - hourMs);
    expect((await loadProgress()).doneHour).toBe(hour);
  });
});

describe('a run', () => {
  it('sends nothing more once its time is over', async () => {
    await noteRunning(hour - dayMs);
    for (let i = 0; i < 100; i++) await plantLead(`l-${i}`, hour - 3 * hourMs + i);
    let clock = hour;
    const queues = createRecordingQueues();
    const send: typeof queues.send = (kind, messages) => {
      clock += 20_000;
      return queues.send(kind, messages);
    };
    await run(hour, { send, now: () => clock });
    expect(clock).toBeLessThanOrEqual(hour + minuteMs + 20_000);
    expect(queues.sent.length).toBeGreaterThan(0);
    expect(queues.sent.length).toBeLessThan(100);
    expect((await loadProgress()).doneHour).toBe(hour - 4 * hourMs);
  });

  it('that is the first looks two weeks back', async () => {
    await plantLead('l-1', hour - 13 * dayMs);
    expect(leadIdsOf((await run(hour)).sent)).toEqual(['l-1']);
    expect((await loadProgress()).doneHour).toBe(hour - 3 * hourMs);
  });

  it('does no harm beside another', async () => {
    await noteRunning(hour - dayMs);
    await plantLead('l-1', hour - 3 * hourMs);
    const both = await Promise.all([run(hour), run(hour)]);
    expect(both.map(({ sent }) => leadIdsOf(sent))).toEqual([['l-1'], ['l-1']]);
    expect((await loadProgress()).doneHour).toBe(hour - 3 * hourMs);
  });
});

describe('the lag', () => {
  beforeEach(() => noteRunning(hour - 3 * hourMs));

  it('is that of the oldest instant that is found, and 0 if nothing is due', async () => {
    expect((await run(hour)).lagSeconds).toBe(0);
    await plantLead('l-1', hour - 2 * hourMs);
    await plantLead('l-2', hour - 60_000);
    expect((await run(hour)).lagSeconds).toBe(7_200);
  });

  it('of an instant that had passed when it was written counts from the end of the hour of its writing', async () => {
    await plantLead('l-1', hour - 30 * dayMs, hour - 30 * minuteMs);
    expect((await run(hour - 25 * minuteMs)).lagSeconds).toBe(0);
    expect((await run(hour + 40 * minuteMs)).lagSeconds).toBe(2_400);
  });
});

describe('the first sweep', () => {
  const now = hour + 7 * minuteMs;

  it('sends each open lead without a due time once, marked as the first, at the hour of now', async () => {
    await plantLead('open');
    await plantLead('due', hour + dayMs);
    await plant(client, 'leads', stateKey('gone'), undefined, { more: { status: S('erased') } });
    await plant(client, 'leads', stateKey('joined'), undefined, { more: { status: S('merged') } });
    await plant(client, 'leads', { pk: 'LEAD#open', sk: 'EVENT#1' });
    await plant(client, 'leads', { pk: 'MODEL#m', sk: 'MODEL' });
    const { sent, swept } = await run(now);
    expect(sent.map((event) => parseInternal(event))).toMatchObject([
      { metadata: { eventId: 'sluice.clock', occurredAt: at(hour) }, data: { leadId: 'open', first: true } },
    ]);
    expect(swept).toBe(1);
    expect(await loadProgress()).toMatchObject({ isSwept: true, sweptTo: undefined });
    expect((await run(now + 5 * minuteMs)).sent).toEqual([]);
  });

  it('goes on where the run before has ended, a bounded number of pages at a time', async () => {
    client = memoryClient({ tables: indexes, pageItems: () => 10 });
    for (let i = 0; i < 45; i++) await plantLead(`l-${i}`);
    const runs: string[][] = [];
    while (!(await loadProgress()).isSwept)
      runs.push(leadIdsOf((await run(now, { mostSweptPages: 2 })).sent));
    // The item of the clock is in the first page.
    expect(runs.map(({ length }) => length)).toEqual([19, 20, 6]);
    expect(new Set(runs.flat()).size).toBe(45);
  });

  it('repeats a page that was not sent to its end', async () => {
    client = memoryClient({ tables: indexes, pageItems: () => 10 });
    for (let i = 0; i < 20; i++) await plantLead(`l-${i}`);
    const batches: BusEvent[][] = [];
    const queues = createRecordingQueues((events) => (batches.push([...events]) > 1 ? 0 : events.length));
    await expect(run(now, {}, queues)).rejects.toMatchObject({ code: 'CLOCK_MESSAGES_NOT_SENT' });
    const { sent } = await run(now);
    expect(leadIdsOf(sent).slice(0, 10)).toEqual(leadIdsOf(batches[1] ?? []));
    const all = leadIdsOf([...queues.sent, ...sent]);
    expect([all.length, new Set(all).size]).toEqual([20, 20]);
  });

  it('waits while what is due takes all that a run may send', async () => {
    for (let i = 0; i < 20; i++) await plantLead(`due-${i}`, hour);
    await plantLead('open');
    expect((await run(now, { mostMessages: 20 })).swept).toBe(0);
    expect((await loadProgress()).isSwept).toBe(false);
    expect((await run(now)).swept).toBe(1);
  });
});
