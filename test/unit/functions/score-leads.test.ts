import { describe, expect, it, vi } from 'vitest';
import { UnreadableItemError } from '../../../shared/dynamodb/index.ts';
import { logger } from '../../../shared/lambda/index.ts';
import type { Ledger } from '../../../shared/ledger/index.ts';
import { computeQuarantineId } from '../../../shared/quarantine/index.ts';
import {
  buildBatch,
  buildMessage,
  createScoringWorld,
  failedIds,
  requireEvent,
} from '../../support/deliveries.ts';
import { buildEntry } from '../../support/events.ts';
import { createMemoryWorld, type MemoryLedger } from '../../support/world.ts';

const did = (leadId: string, id: string, activity = 'page_visited') =>
  buildEntry({ type: 'LeadActivityRecorded', data: { leadId, activity }, id });
const many = (leadId: string, count: number) =>
  Array.from({ length: count }, (_, i) => did(leadId, `e-${i}`));
const poison = { ...did('l-1', 'p-1'), 'detail-type': 'LeadActivityRecord' };

const loadVersion = async ({ memory }: { memory: MemoryLedger }, leadId: string) =>
  (await memory.load([leadId])).get(leadId)?.version ?? 0;

/** Returns a ledger that behaves as the test defines for one lead, and as usual for all others. */
const disturbed =
  (
    leadId: string,
    append: (memory: MemoryLedger, ...given: Parameters<Ledger['append']>) => ReturnType<Ledger['append']>,
  ) =>
  (memory: MemoryLedger): Ledger => ({
    ...memory,
    append: (...given) =>
      given[0].commit.leadId === leadId ? append(memory, ...given) : memory.append(...given),
  });

describe('scoring a batch', () => {
  it('records each event and answers with no failure', async () => {
    const world = createScoringWorld();
    const answer = await world.score(buildBatch(did('l-1', 'e-1'), did('l-2', 'e-2'), did('l-1', 'e-3')));
    expect(failedIds(answer)).toEqual([]);
    expect((await world.findEvents('l-1')).map(({ metadata }) => metadata.eventId)).toEqual(['e-1', 'e-3']);
    expect(await loadVersion(world, 'l-1')).toBe(1);
  });

  it('does nothing for an empty batch, not even a read', async () => {
    const world = createScoringWorld({
      ledger: (memory) => ({ ...memory, load: () => Promise.reject(new Error('read')) }),
    });
    expect(failedIds(await world.score({ Records: [] }))).toEqual([]);
  });

  it('throws if the states cannot be read, so that the whole batch is retried', async () => {
    const world = createScoringWorld({
      ledger: (memory) => ({ ...memory, load: () => Promise.reject(new Error('throttled')) }),
    });
    await expect(world.score(buildBatch(did('l-1', 'e-1'), poison))).rejects.toThrow('throttled');
    expect(world.written).toEqual([]);
  });

  it('fails only the lead whose stored state can not be read', async () => {
    const unreadable = new UnreadableItemError({ sk: { S: 'STATE' } }, 'facts');
    const world = createScoringWorld({
      ledger: (memory) => ({
        ...memory,
        load: (ids) => (ids.includes('l-2') ? Promise.reject(unreadable) : memory.load(ids)),
      }),
    });
    const answer = await world.score(buildBatch(did('l-1', 'e-1'), did('l-2', 'e-2'), did('l-3', 'e-3')));
    expect(failedIds(answer)).toEqual(['m-1']);
    expect(await loadVersion(world, 'l-1')).toBe(1);
    expect(await loadVersion(world, 'l-3')).toBe(1);
  });

  it('comes back if its state can not be read, even if all of its events are settled: it may be an erased one', async () => {
    const stores = createMemoryWorld();
    await createScoringWorld({ stores }).score(buildBatch(did('l-1', 'e-1')));
    const unreadable = new UnreadableItemError({ sk: { S: 'STATE' } }, 'facts');
    const world = createScoringWorld({
      stores,
      ledger: (memory) => ({ ...memory, load: () => Promise.reject(unreadable) }),
    });
    const error = vi.spyOn(logger, 'error').mockImplementation(() => {});
    expect(failedIds(await world.score({ Records: [buildMessage(did('l-1', 'e-1'), 'm-0', 2)] }))).toEqual([
      'm-0',
    ]);
    expect(error.mock.calls).toMatchObject([
      ['lead failed; its unsettled events will be retried', { events: 0, errorCode: 'UNREADABLE_ITEM' }],
      ['quarantine could not be checked; the event will be retried', { errorCode: 'UNREADABLE_ITEM' }],
    ]);
    error.mockRestore();
  });
});

describe('an event that is delivered more than once', () => {
  it('is recorded once within a batch', async () => {
    const world = createScoringWorld();
    const answer = await world.score(buildBatch(did('l-1', 'e-1'), did('l-1', 'e-1'), did('l-1', 'e-2')));
    expect(failedIds(answer)).toEqual([]);
    expect(await world.findEntries('l-1')).toHaveLength(2);
    expect(world.quarantined).toEqual([]);
  });

  it('is recorded once across batches, and the second time writes nothing', async () => {
    const world = createScoringWorld();
    await world.score(buildBatch(did('l-1', 'e-1')));
    const { length } = world.written;
    expect(failedIds(await world.score(buildBatch(did('l-1', 'e-1'))))).toEqual([]);
    expect(world.written).toHaveLength(length);
  });

  it('does not prevent new events of its batch from being recorded', async () => {
    const world = createScoringWorld();
    await world.score(buildBatch(did('l-1', 'e-1')));
    await world.score(buildBatch(did('l-1', 'e-0'), did('l-1', 'e-1'), did('l-1', 'e-2')));
    const recorded = await world.findEntries('l-1');
    expect(recorded.map((entry) => [requireEvent(entry).metadata.eventId, entry.version])).toEqual([
      ['e-1', 1],
      ['e-0', 2],
      ['e-2', 2],
    ]);
  });

  it('with other content is quarantined: within a batch, the first counts', async () => {
    const world = createScoringWorld();
    await world.score(buildBatch(did('l-1', 'e-1'), did('l-1', 'e-1', 'demo_requested')));
    expect(await world.findEntries('l-1')).toMatchObject([{ event: { data: { activity: 'page_visited' } } }]);
    expect(world.quarantined).toMatchObject([
      {
        body: JSON.stringify(did('l-1', 'e-1', 'demo_requested')),
        origin: 'bus',
        receivedAt: '2026-06-01T00:00:00.000Z',
        rejection: {
          code: 'conflicting-content',
          problems: [{ path: 'detail.metadata.eventId', given: '"e-1"' }],
        },
      },
    ]);
  });

  it('with other content is quarantined across batches, whichever source sends it', async () => {
    const world = createScoringWorld();
    await world.score(buildBatch(did('l-1', 'e-1')));
    await world.score(
      buildBatch(did('l-1', 'e-1', 'demo_requested'), { ...did('l-1', 'e-1'), source: 'crm' }),
    );
    expect(await world.findEntries('l-1')).toHaveLength(1);
    expect(world.quarantined.map(({ rejection }) => rejection.code)).toEqual([
      'conflicting-content',
      'conflicting-content',
    ]);
  });
});

describe('copies within a batch', () => {
  it('are quarantined like the first, if that is rejected', async () => {
    const world = createScoringWorld();
    await world.score(buildBatch(did('l-1', 'e-1')));
    const other = did('l-1', 'e-1', 'demo_requested');
    expect(failedIds(await world.score(buildBatch(other, did('l-1', 'e-2'), other)))).toEqual([]);
    expect(world.quarantined.map(({ rejection }) => rejection.code)).toEqual([
      'conflicting-content',
      'conflicting-content',
    ]);
    expect(await world.findEntries('l-1')).toHaveLength(2);
  });
});

describe('a message that was delivered before', () => {
  const watched = () => {
    const calls: string[] = [];
    const world = createScoringWorld({
      ledger: (memory) => ({
        ...memory,
        find: async (leadId, events) => {
          calls.push(`find ${events.map(({ metadata }) => metadata.eventId).join()}`);
          return memory.find(leadId, events);
        },
        append: async (commit) => {
          const answer = await memory.append(commit);
          calls.push(`append ${answer.kind}`);
          return answer;
        },
      }),
    });
    return { world, calls };
  };

  it('is looked up in the ledger first, so that no transaction is paid for and cancelled', async () => {
    const { world, calls } = watched();
    await world.score(buildBatch(did('l-1', 'e-1')));
    await world.score({
      Records: [buildMessage(did('l-1', 'e-1'), 'm-0', 2), buildMessage(did('l-1', 'e-2'), 'm-1')],
    });
    expect(calls).toEqual(['append appended', 'find e-1', 'append appended']);
    expect(await world.findEntries('l-1')).toHaveLength(2);
  });

  it('is looked up, too, when an archive is replayed', async () => {
    const { world, calls } = watched();
    await world.score(buildBatch(did('l-1', 'e-1')));
    await world.score(buildBatch({ ...did('l-1', 'e-1'), 'replay-name': 'again' }));
    expect(calls).toEqual(['append appended', 'find e-1']);
  });

  it('is recorded if the ledger does not have it', async () => {
    const { world, calls } = watched();
    await world.score({ Records: [buildMessage(did('l-1', 'e-1'), 'm-0', 5)] });
    expect(calls).toEqual(['find e-1', 'append appended']);
  });

  it('needs no look-up at its first delivery', async () => {
    const { world, calls } = watched();
    await world.score(buildBatch(did('l-1', 'e-1')));
    expect(calls).toEqual(['append appended']);
  });
});

describe('I6: a poison event', () => {
  const bad = [poison, 'not json', did('l 1', 'p-2'), { ...did('l-1', 'p-3'), detail: null }];

  it('delays no other lead and no other event of its batch', async () => {
    const world = createScoringWorld();
    const answer = await world.score(
      buildBatch(bad[0], did('l-1', 'e-1'), bad[1], bad[2], did('l-2', 'e-2'), bad[3]),
    );
    expect(failedIds(answer)).toEqual([]);
    expect(await world.findEntries('l-1')).toHaveLength(1);
    expect(await world.findEntries('l-2')).toHaveLength(1);
    expect(world.quarantined.map(({ rejection }) => rejection.code).toSorted()).toEqual([
      'malformed',
      'malformed',
      'not-json',
      'unknown-type',
    ]);
  });

  it('is parsed only once, and quarantined under the same id as by its text alone', async () => {
    const stores = createMemoryWorld();
    const world = createScoringWorld({ stores });
    const body = JSON.stringify({ ...did('l-1', 'p-1'), source: '' });
    const parse = vi.spyOn(JSON, 'parse');
    expect(failedIds(await world.score(buildBatch(body)))).toEqual([]);
    expect(parse.mock.calls.filter(([text]) => text === body)).toHaveLength(1);
    parse.mockRestore();
    expect(await stores.quarantine.read(computeQuarantineId(body))).toMatchObject({
      body,
      leadId: 'l-1',
      eventId: 'p-1',
    });
  });

  it('is retried alone if the quarantine refuses it', async () => {
    const bodies: string[] = [];
    const world = createScoringWorld({
      quarantine: {
        store: async ({ body }) => {
          if (body === 'not json') throw new Error('throttled');
          bodies.push(body);
        },
      },
    });
    const answer = await world.score(buildBatch(did('l-1', 'e-1'), 'not json', poison, did('l-2', 'e-2')));
    expect(failedIds(answer)).toEqual(['m-1']);
    expect(bodies).toEqual([JSON.stringify(poison)]);
    expect(await world.findEntries('l-2')).toHaveLength(1);
  });

  it('is retried, too, if its content conflicts', async () => {
    const world = createScoringWorld({ quarantine: { store: () => Promise.reject(new Error('throttled')) } });
    const answer = await world.score(buildBatch(did('l-1', 'e-1'), did('l-1', 'e-1', 'demo_requested')));
    expect(failedIds(answer)).toEqual(['m-1']);
    expect(await world.findEntries('l-1')).toHaveLength(1);
  });
});

describe('a conflict', () => {
  it('is decided again, based on what the other writer wrote', async () => {
    let wasDisturbed = false;
    const other = createScoringWorld();
    const world = createScoringWorld({
      ledger: disturbed('l-1', async (memory, commit) => {
        if (!wasDisturbed) {
          wasDisturbed = true;
          await other.score(buildBatch(did('l-1', 'e-other', 'demo_requested')));
          for (const item of other.written) memory.put(item);
        }
        return memory.append(commit);
      }),
    });
    expect(failedIds(await world.score(buildBatch(did('l-1', 'e-1'))))).toEqual([]);
    expect(world.waits).toHaveLength(1);
    expect((await world.memory.load(['l-1'])).get('l-1')).toMatchObject({ version: 2, stage: 'mql' });
    expect(await Array.fromAsync(world.memory.timeline('l-1'))).toHaveLength(2);
  });

  it('that passes within ten tries is waited out, with full jitter', async () => {
    let left = 9;
    const world = createScoringWorld({
      ledger: disturbed('l-1', async (memory, commit) =>
        left-- > 0 ? { kind: 'conflict' } : memory.append(commit),
      ),
    });
    expect(failedIds(await world.score(buildBatch(did('l-1', 'e-1'))))).toEqual([]);
    expect(world.waits).toHaveLength(9);
    for (const [i, ms] of world.waits.entries()) {
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(ms).toBeLessThanOrEqual(Math.min(1_000, 25 * 2 ** (i + 1)));
    }
  });

  it('that does not pass sends back the messages of that lead, and of no other', async () => {
    const world = createScoringWorld({ ledger: disturbed('l-1', async () => ({ kind: 'conflict' })) });
    const answer = await world.score(
      buildBatch(did('l-1', 'e-1'), did('l-2', 'e-2'), did('l-1', 'e-3'), poison, did('l-3', 'e-4')),
    );
    expect(failedIds(answer)).toEqual(['m-0', 'm-2']);
    expect(world.waits).toHaveLength(9);
    expect(await world.findEntries('l-2')).toHaveLength(1);
    expect(await world.findEntries('l-3')).toHaveLength(1);
    expect(world.quarantined).toHaveLength(1);
  });
});

describe('a ledger that fails for one lead', () => {
  it('sends back the messages of that lead only', async () => {
    const world = createScoringWorld({
      ledger: disturbed('l-2', () => Promise.reject(new Error('no network'))),
    });
    const answer = await world.score(
      buildBatch(did('l-1', 'e-1'), did('l-2', 'e-2'), did('l-2', 'e-3'), did('l-3', 'e-4')),
    );
    expect(failedIds(answer)).toEqual(['m-1', 'm-2']);
    expect(await loadVersion(world, 'l-1')).toBe(1);
    expect(await loadVersion(world, 'l-3')).toBe(1);
  });

  it('sends back only what was not recorded before it failed, and settles duplicates', async () => {
    let appends = 0;
    const world = createScoringWorld({
      ledger: disturbed('l-1', (memory, commit) =>
        ++appends === 2 ? Promise.reject(new Error('no network')) : memory.append(commit),
      ),
    });
    const answer = await world.score(buildBatch(...many('l-1', 120), did('l-1', 'e-0')));
    expect(failedIds(answer)).toEqual(Array.from({ length: 21 }, (_, i) => `m-${99 + i}`));
    expect(await world.findEntries('l-1')).toHaveLength(99);
  });

  it('acknowledges no copy of an event that is not recorded: another worker may acknowledge the other one', async () => {
    const world = createScoringWorld({
      ledger: disturbed('l-1', () => Promise.reject(new Error('no network'))),
    });
    const answer = await world.score(buildBatch(did('l-1', 'e-1'), did('l-1', 'e-1'), did('l-2', 'e-1')));
    expect(failedIds(answer)).toEqual(['m-0', 'm-1']);
  });

  it('retries an event with the identity of another until the ledger can decide', async () => {
    const world = createScoringWorld({
      ledger: disturbed('l-1', () => Promise.reject(new Error('no network'))),
    });
    const answer = await world.score(buildBatch(did('l-1', 'e-1'), did('l-1', 'e-1', 'demo_requested')));
    expect(failedIds(answer)).toEqual(['m-0', 'm-1']);
    expect(world.quarantined).toEqual([]);
  });
});

describe('more events of one lead than a transaction takes', () => {
  it('are recorded in commits of 99, with versions that rise by one', async () => {
    const world = createScoringWorld();
    expect(failedIds(await world.score(buildBatch(...many('l-1', 250))))).toEqual([]);
    const recorded = await world.findEntries('l-1');
    const perVersion = [1, 2, 3].map((v) => recorded.filter(({ version }) => version === v).length);
    expect(perVersion).toEqual([99, 99, 52]);
    expect(recorded.slice(99, 198).map(({ ordinal }) => ordinal)).toEqual(
      Array.from({ length: 99 }, (_, i) => i),
    );
    expect(await loadVersion(world, 'l-1')).toBe(3);
  });

  it('have no conflict if there is only one writer', async () => {
    const world = createScoringWorld();
    let appends = 0;
    const append = world.memory.append;
    world.memory.append = (commit) => {
      appends++;
      return append(commit);
    };
    await world.score(buildBatch(...many('l-1', 300)));
    expect(appends).toBe(4);
  });

  it('are one commit if they just fit', async () => {
    const world = createScoringWorld();
    await world.score(buildBatch(...many('l-1', 99)));
    expect(await loadVersion(world, 'l-1')).toBe(1);
  });
});
