import { describe, expect, it } from 'vitest';
import { createSourceNotes, readSources, type SourceNote } from '../../../shared/source-status/index.ts';
import { now } from '../../support/events.ts';
import { createClient, memoryClient } from '../../support/memory-dynamodb.ts';

const createWorld = () => {
  const database = memoryClient({ tables: { requests: [] } });
  let writes = 0;
  const counting = createClient(async (command) => {
    if (command.constructor.name === 'UpdateItemCommand') writes += 1;
    return database.memory.execute(command);
  });
  const client = Object.assign(counting, { memory: database.memory });
  let time = now;
  const createNotes = () => createSourceNotes({ client, table: 'requests', now: () => time });
  const notes = createNotes();
  return {
    writes: () => writes,
    client,
    createNotes,
    note: (note: Partial<SourceNote>) => notes.note({ source: 'hubspot', ...note }),
    read: async () => (await readSources(client, 'requests'))[0],
    pass: (ms: number) => {
      time += ms;
    },
  };
};

const none = {
  own: 0,
  ignored: 0,
  unknown: 0,
  empty: 0,
  unmapped: 0,
  unproven: 0,
  'missing-changes': 0,
  unavailable: 0,
};
const namesOf = (from: number, count: number) =>
  new Map(Array.from({ length: count }, (_, i) => [`name ${from + i}`, 1]));

describe('the status of a source', () => {
  it('has what came last, and counts by outcome, reason and name', async () => {
    const { note, read, pass } = createWorld();
    await note({ counts: { ...none, taken: 3, unknown: 2 }, unknown: new Map([['contact.creation', 2]]) });
    pass(1_000);
    await note({ refused: { reason: 'stale', allowed: 'at most 5 minutes ago' } });
    await note({ repeated: true });
    const later = new Date(now + 1_000).toISOString();
    expect(await read()).toEqual({
      source: 'hubspot',
      lastReceivedAt: later,
      lastTakenAt: later,
      lastRefusal: { reason: 'stale', allowed: 'at most 5 minutes ago', at: later },
      requests: 3,
      repeated: 1,
      refused: new Map([['stale', 1]]),
      payloads: new Map([
        ['taken', 3],
        ['unknown', 2],
      ]),
      unknown: new Map([['contact.creation', 2]]),
    });
  });

  it('is one item a source, in the order of their names', async () => {
    const { note, client } = createWorld();
    await note({ source: 'typeform' });
    await note({ source: 'calendly' });
    await note({ source: 'typeform' });
    const sources = await readSources(client, 'requests');
    expect(sources.map(({ source, requests }) => [source, requests])).toEqual([
      ['calendly', 1],
      ['typeform', 2],
    ]);
    expect(client.memory.items('requests')).toHaveLength(2);
  });

  it('counts at most a hundred names, and the others together, also across environments', async () => {
    const { note, read, createNotes } = createWorld();
    await note({ unknown: namesOf(0, 60) });
    const other = createNotes();
    await other.note({ source: 'hubspot', unknown: namesOf(50, 60) });
    await other.note({ source: 'hubspot', unknown: namesOf(0, 1) });
    await note({ unknown: new Map([['one more', 7]]) });
    const { unknown } = (await read()) ?? { unknown: new Map<string, number>() };
    expect(unknown.size).toBe(101);
    expect(unknown.get('name 0')).toBe(2);
    expect(unknown.get('name 55')).toBe(2);
    expect(unknown.get('(others)')).toBe(10 + 7);
  });

  it('is written a few times a minute at most for requests that anybody can send, and counts all of them', async () => {
    const { read, pass, writes, ...world } = createWorld();
    const note = (given: Partial<SourceNote>) => world.note(given);
    const refuse = (reason: string) => note({ refused: { reason, allowed: 'a signature' } });
    for (let i = 0; i < 500; i++) await refuse(i % 2 === 0 ? 'stale' : 'wrong-signature');
    expect(writes()).toBe(30);
    await note({ counts: { ...none, taken: 1 } });
    expect(writes()).toBe(31);
    expect(await read()).toMatchObject({
      requests: 501,
      refused: new Map([
        ['stale', 250],
        ['wrong-signature', 250],
      ]),
      payloads: new Map([['taken', 1]]),
    });
    await refuse('stale');
    pass(60_000);
    await refuse('stale');
    expect(writes()).toBe(32);
    expect((await read())?.refused.get('stale')).toBe(252);
  });

  it('stays far below what an item may have, whatever the names are', async () => {
    const { note, client } = createWorld();
    const name = (i: number) => `${String.fromCharCode(...Array(90).fill(0x200b))}${i}`;
    await note({ unknown: new Map(Array.from({ length: 150 }, (_, i) => [`${i}${name(i)}`, 1])) });
    const [item] = client.memory.items('requests');
    expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(20_000);
  });

  it('has names that are short, and that no terminal obeys', async () => {
    const { note, read } = createWorld();
    await note({
      unknown: new Map([
        [`\u001b[2J${'x'.repeat(500)}`, 1],
        ['\ud800', 1],
        ['__proto__', 1],
        ['a.b#c', 1],
      ]),
    });
    const names = [...((await read())?.unknown.keys() ?? [])];
    expect(names).toHaveLength(4);
    for (const name of names) {
      expect(name.length).toBeLessThanOrEqual(100);
      expect(name).toMatch(/^[\x20-\x7e\ufffd\\]*$/);
    }
  });
});
