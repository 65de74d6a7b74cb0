import { describe, expect, it } from 'vitest';
import { canonical, largestItem, measureItem, S, unpacked } from '../../../shared/dynamodb/index.ts';
import { leadKey } from '../../../shared/keys/index.ts';
import {
  buildBatch,
  createScoringWorld,
  deliver,
  failedIds,
  rejectionCodes,
} from '../../support/deliveries.ts';
import { buildEntry } from '../../support/events.ts';
import { buildGoodLead, fadingModel } from '../../support/fading.ts';

const named = (prefix: string, count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, value]));
const visit = (leadId: string, id: string) =>
  buildEntry({ type: 'LeadActivityRecorded', data: { leadId, activity: 'page_visited' }, id });
/** Returns answers of about 5 KB each. */
const answers = (leadId: string, id: string, count: number) =>
  buildEntry({
    type: 'LeadAnswersRecorded',
    data: { leadId, answers: named('q', count, { value: Array(25).fill('x'.repeat(200)) }) },
    id,
  });
/** Returns about 90 KB of facts that no other event replaces. */
const attributes = (leadId: string, id: string) =>
  buildEntry({
    type: 'LeadProfileUpdated',
    data: { leadId, attributes: named(`${id}.`, 90, 'x'.repeat(1_000)) },
    id,
  });

const eventIds = async (world: ReturnType<typeof createScoringWorld>, leadId: string) =>
  (await world.findEvents(leadId)).map(({ metadata }) => metadata.eventId);

describe('an event that is larger than an item may be', () => {
  it('is quarantined alone as too large, with its size and the allowed size', async () => {
    const world = createScoringWorld();
    const answer = await world.score(
      buildBatch(visit('l-1', 'e-1'), answers('l-1', 'large', 90), visit('l-1', 'e-2'), visit('l-2', 'e-3')),
    );
    expect(failedIds(answer)).toEqual([]);
    expect(await eventIds(world, 'l-1')).toEqual(['e-1', 'e-2']);
    expect(await eventIds(world, 'l-2')).toEqual(['e-3']);
    expect(world.quarantined).toMatchObject([
      {
        rejection: {
          code: 'too-large',
          problems: [
            {
              path: 'the ledger entry of the event',
              given: expect.stringMatching(/^45\d{4} bytes$/),
              allowed: 'at most 409600 bytes',
            },
          ],
        },
      },
    ]);
  });

  it('is recorded if it just fits', async () => {
    const world = createScoringWorld();
    await world.score(buildBatch(answers('l-1', 'e-1', 80)));
    expect(await eventIds(world, 'l-1')).toEqual(['e-1']);
    expect(world.quarantined).toEqual([]);
  });
});

describe('a state that would be larger than an item may be', () => {
  it('rejects just the event that makes it too large; the others are recorded', async () => {
    const world = createScoringWorld();
    const large = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => attributes('l-1', id));
    const answer = await world.score(buildBatch(...large, visit('l-1', 'last'), visit('l-2', 'other')));
    expect(failedIds(answer)).toEqual([]);
    expect(await eventIds(world, 'l-1')).toEqual(['a', 'b', 'c', 'd', 'last']);
    expect(world.quarantined.map(({ rejection }) => [rejection.code, rejection.problems[0]?.path])).toEqual([
      ['too-large', 'the state of the lead with this event'],
      ['too-large', 'the state of the lead with this event'],
    ]);
    expect(Math.max(...world.written.map(measureItem))).toBeLessThanOrEqual(largestItem);
  });

  it('rejects it, too, when the events arrive one by one, and continues with a rising version', async () => {
    const world = createScoringWorld();
    for (const id of ['a', 'b', 'c', 'd', 'e']) await world.score(buildBatch(attributes('l-1', id)));
    await world.score(buildBatch(visit('l-1', 'last')));
    expect((await world.findEntries('l-1')).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
    expect(world.quarantined).toHaveLength(1);
  });
});

describe('a state without room for the instant to which time is advanced', () => {
  it('rejects the event before which that would be, and ends', async () => {
    let now = Date.parse('2026-03-01T10:00:00Z');
    const world = createScoringWorld({ model: fadingModel({ retainMonths: 6 }), now: () => now });
    const roomLeft = (): number => {
      const state = world.memory.item(leadKey('l-1'), 'STATE') ?? {};
      return largestItem - measureItem({ ...state, facts: S(canonical(unpacked(state, 'facts'))) });
    };
    const fill = (name: string, size: number) =>
      deliver(
        world,
        buildEntry({
          type: 'LeadProfileUpdated',
          data: { attributes: { [name]: 'x'.repeat(size) } },
          id: name,
        }),
      );
    await deliver(world, ...buildGoodLead(), ...['a', 'b', 'c', 'd'].map((id) => attributes('l-1', id)));
    for (let i = 0; roomLeft() > 1_030; i++) await fill(`e-${i}`, Math.min(1_000, roomLeft() - 500));
    await fill('last', roomLeft() - 30);
    expect(roomLeft()).toBeLessThan(10);
    expect(world.quarantined).toEqual([]);
    now = Date.parse('2026-03-12T10:00:00Z');
    const later = { type: 'LeadActivityRecorded', data: { activity: 'page_visited' }, id: 'later' } as const;
    await deliver(world, buildEntry({ ...later, at: '2026-03-12T09:00:00.000Z' }));
    expect(rejectionCodes(world)).toEqual(['too-large']);
    expect(await eventIds(world, 'l-1')).not.toContain('later');
  });
});

describe('events that are together larger than a transaction takes', () => {
  it('are recorded in several commits, all of them', async () => {
    const world = createScoringWorld();
    const large = Array.from({ length: 20 }, (_, i) => answers('l-1', `e-${i}`, 70));
    expect(failedIds(await world.score(buildBatch(...large)))).toEqual([]);
    const recorded = await world.findEntries('l-1');
    expect(recorded).toHaveLength(20);
    const perVersion = Map.groupBy(recorded, ({ version }) => version);
    expect([...perVersion.keys()]).toEqual(Array.from({ length: perVersion.size }, (_, i) => i + 1));
    for (const entries of perVersion.values())
      expect(JSON.stringify(entries).length).toBeLessThan(4 * 1024 * 1024);
    expect(perVersion.size).toBeGreaterThan(1);
  });
});
