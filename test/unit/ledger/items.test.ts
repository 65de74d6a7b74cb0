import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, type Item, measureItem } from '../../../shared/dynamodb/index.ts';
import {
  buildPositionKey,
  handoffKey,
  isEntrySortKey,
  isNurtureSortKey,
  leadKey,
  nurtureKey,
  parseHandoffId,
  parseLeadKey,
  stateKey,
} from '../../../shared/keys/index.ts';
import { decideAll, type LeadState, type LedgerEnd, type SignalEvent } from '../../../shared/lead/index.ts';
import {
  buildContent,
  parseEntry,
  parseLead,
  prepareCommit,
  sameContent,
  stateItem,
} from '../../../shared/ledger/index.ts';
import { requireDecided } from '../../support/deliveries.ts';
import { buildSignal } from '../../support/events.ts';
import { history } from '../../support/histories.ts';
import { successReady } from '../../support/models.ts';
import { seeded } from '../../support/seed.ts';
import { storedAfter } from '../../support/stored.ts';

const model = successReady();

describe('keys', () => {
  it('differ for each item of a lead', () => {
    expect([stateKey('l-1'), nurtureKey('l-1'), handoffKey('l-1', 'h-1')]).toEqual([
      { pk: 'LEAD#l-1', sk: 'STATE' },
      { pk: 'LEAD#l-1', sk: 'NURTURE' },
      { pk: 'LEAD#l-1', sk: 'HANDOFF#h-1' },
    ]);
    expect(['STATE', 'NURTURE', 'HANDOFF#EVENT#', 'EVENT#x'].map(isEntrySortKey)).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(['STATE', 'NURTURE', 'HANDOFF#NURTURE'].map(isNurtureSortKey)).toEqual([false, true, false]);
    expect(['HANDOFF#h-1', 'HANDOFF#a#b', 'EVENT#x', 'STATE'].map(parseHandoffId)).toEqual([
      'h-1',
      'a#b',
      undefined,
      undefined,
    ]);
  });

  it('give the lead id again, whatever characters it has', () => {
    for (const leadId of ['l-1', 'LEAD#'.replace('#', ':'), 'a.b:c@d+e-f', '__proto__'])
      expect(parseLeadKey(leadKey(leadId))).toBe(leadId);
  });

  it('sort positions in a history by version, then by ordinal', () => {
    const places = [
      { version: 2, ordinal: 0 },
      { version: 9, ordinal: 98 },
      { version: 10, ordinal: 0 },
      { version: 10, ordinal: 2 },
      { version: 10, ordinal: 10 },
      { version: 1_000_000, ordinal: 0 },
    ].map(buildPositionKey);
    expect(places.toSorted()).toEqual(places);
  });
});

describe('canonical JSON', () => {
  it('is the same text for the same value, however it was written', () => {
    expect(canonical({ b: [1, { d: null, c: 'é' }], a: 1e21 })).toBe(
      '{"a":1e+21,"b":[1,{"c":"é","d":null}]}',
    );
    expect(canonical({ a: 1.0, b: 0.1 })).toBe(canonical({ b: 0.1, a: 1 }));
  });

  it('differs for different values', () => {
    expect(canonical({ a: '1' })).not.toBe(canonical({ a: 1 }));
    expect(canonical({ a: null })).not.toBe(canonical({}));
    expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
  });

  it('refuses what has no JSON', () => {
    expect(() => canonical(undefined)).toThrow(new TypeError('undefined has no JSON'));
    expect(() => canonical(Number.NaN)).toThrow();
  });
});

describe('the content of an event', () => {
  const visit = { type: 'LeadActivityRecorded' as const, data: { activity: 'page_visited' } };

  it('is the same for every delivery, even if a producer writes its fields in another order', () => {
    const one = buildSignal({ ...visit, data: { activity: 'demo_requested', properties: { a: 1, b: 2 } } });
    const other = buildSignal({
      ...visit,
      data: { properties: { b: 2, a: 1 }, count: 1, activity: 'demo_requested' },
    });
    expect(sameContent(buildContent(one), buildContent(other))).toBe(true);
  });

  it('is the same as history and as an event of the moment: a row of an export becomes the one with age', () => {
    const [young, old] = [buildSignal(visit), buildSignal({ ...visit, backfill: true })];
    expect(sameContent(buildContent(young), buildContent(old))).toBe(true);
    expect(sameContent(buildContent(old), buildContent(young))).toBe(true);
    const other = buildSignal({ ...visit, data: { activity: 'x' } });
    expect(sameContent(buildContent(old), buildContent(other))).toBe(false);
  });

  it('differs by its data and by its source', () => {
    const event = buildSignal(visit);
    expect(
      sameContent(buildContent(event), buildContent(buildSignal({ ...visit, data: { activity: 'x' } }))),
    ).toBe(false);
    expect(sameContent(buildContent(event), buildContent({ ...event, source: 'crm' }))).toBe(false);
  });
});

/** Returns the state after each commit, and its entries. */
const fold = (events: readonly SignalEvent[]) => {
  const states = new Map<string, LeadState & LedgerEnd>();
  return events.map((event) => {
    const { leadId } = event.data;
    const commit = prepareCommit(decideAll(model, states.get(leadId), [event], 0));
    states.set(leadId, storedAfter(commit));
    return commit;
  });
};

describe('items', () => {
  it('parse to the state and the entries that they were made of, for any history', () => {
    fc.assert(
      fc.property(history, (entries) => {
        const events = entries.map(({ 'detail-type': type, detail: { data, metadata } }) =>
          buildSignal({ type, data, at: metadata.occurredAt, id: metadata.eventId }),
        );
        for (const { commit, items, head } of fold(events)) {
          const { state, entries: decided } = commit;
          const restored = parseLead(structuredClone(stateItem(state, head)));
          // What is stored is canonical: the names of facts are sorted, and -0 is 0.
          expect(canonical(restored)).toBe(canonical({ ...state, head }));
          for (const [ordinal, entry] of decided.entries()) {
            const item = items.entries[ordinal] as Item;
            const { event, standing, changes, actionChanged, version } = requireDecided(parseEntry(item));
            const { dimensions, disqualification, ...storedStanding } = entry.decided.standing;
            expect(canonical({ event, standing, changes, version })).toBe(
              canonical({
                event: entry.event,
                standing: storedStanding,
                changes: entry.decided.changes,
                version: state.version,
              }),
            );
            if (changes.length > 0) expect(actionChanged).toBe(entry.decided.actionChanged);
          }
        }
      }),
      { ...seeded(), numRuns: 200 },
    );
  });

  it('put a lead into the index by tier only while its tier is above none', () => {
    const visit = buildSignal({ type: 'LeadActivityRecorded', data: { activity: 'page_visited' } });
    const { state } = decideAll(model, undefined, [visit], 0);
    expect(stateItem({ ...state, tier: 'none' })).not.toHaveProperty('tierKey');
    expect(stateItem({ ...state, tier: 'good' })).toMatchObject({
      tierKey: { S: expect.stringMatching(/^good#\d+$/) },
    });
  });

  it('of another layout are refused with the name of the missing attribute, without quoting a value', () => {
    const { state: item } = prepareCommit(
      decideAll(
        model,
        undefined,
        [buildSignal({ type: 'LeadProfileUpdated', data: { leadId: 'jane', attributes: { city: 'Ulm' } } })],
        0,
      ),
    ).items;
    const without = (name: string) =>
      Object.fromEntries(Object.entries(item).filter(([other]) => other !== name));
    expect(() => parseLead(without('facts'))).toThrow('item STATE has no readable attribute facts');
    expect(() => parseLead(without('head'))).toThrow('has no readable attribute head');
    expect(() => parseLead({ ...item, version: { S: '1' } })).toThrow('has no readable attribute version');
    expect(() => parseEntry({})).toThrow('item (no sort key) has no readable attribute');
  });
});

describe('the size of an item', () => {
  // By the developer guide: names and strings in UTF-8; a number in about a byte for two digits, and one more.
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
  it.each([
    ['a name and a string', { pk: { S: 'abc' } }, 5],
    ['letters of two, three and four bytes', { pk: { S: 'é€🙂' } }, 2 + 9],
    ['a name of two bytes a letter', { é: { S: '' } }, 2],
    ['nothing', {}, 0],
  ])('is exact for %s', (_what, item, bytes) => expect(measureItem(item)).toBe(bytes));

  it.each([
    ['0', 1],
    ['7', 2],
    ['42', 2],
    ['-7', 3],
    ['100', 2],
    ['1234567', 5],
    ['99.87', 3],
  ])('is never less than DynamoDB counts for the number %s', (number, bytes) => {
    expect(measureItem({ n: { N: number } }) - 1).toBeGreaterThanOrEqual(bytes);
    expect(measureItem({ n: { N: number } }) - 1).toBeLessThanOrEqual(number.length + 1);
  });
});
