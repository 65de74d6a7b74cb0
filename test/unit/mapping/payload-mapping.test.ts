import { describe, expect, it } from 'vitest';
import { parseInbound } from '../../../events/index.ts';
import { now, readData, readPayload, withEvents } from './read-payload.ts';

const demo = { type: 'LeadActivityRecorded', activity: { fixed: 'demo_requested' } };
const profile = { type: 'LeadProfileUpdated', attributes: { company: 'company' } };
const byEmail = {
  identity: {
    identifiers: [
      { type: 'email', path: 'email' },
      { type: 'device', path: 'device', anonymous: true },
    ],
  },
};

describe('a payload', () => {
  it('becomes the events of its mapping, which score-leads accepts for any lead', () => {
    const reading = readPayload(withEvents(demo, profile), { id: 'l-1', company: 'Example' });
    expect(reading).toEqual({
      ok: true,
      lead: { leadId: 'l-1' },
      passedOver: [],
      events: [
        {
          type: 'LeadActivityRecorded',
          occurredAt: '2026-03-01T09:00:00.000Z',
          eventId: expect.stringMatching(/^LeadActivityRecorded:[A-Za-z0-9_-]{22}$/),
          data: { activity: 'demo_requested' },
        },
        {
          type: 'LeadProfileUpdated',
          occurredAt: '2026-03-01T09:00:00.000Z',
          eventId: expect.stringMatching(/^LeadProfileUpdated:/),
          data: { attributes: { company: 'Example' } },
        },
      ],
    });
    for (const { type, occurredAt, eventId, data } of reading.ok ? reading.events : []) {
      const detail = {
        metadata: { eventId, occurredAt, schemaVersion: 1 },
        data: { leadId: 'p-1', ...data },
      };
      expect(parseInbound({ source: 'shop', 'detail-type': type, detail }, now)).toMatchObject({ ok: true });
    }
  });

  it('has other ids for its events if it is another one, and the same whatever they say', () => {
    const idsOf = (payload: object, recordId = 'r-1', occurredAt = '2026-03-01T09:00:00.000Z') => {
      const reading = readPayload(withEvents(demo, demo, profile), payload, { recordId, occurredAt });
      return reading.ok ? reading.events.map(({ eventId }) => eventId) : [];
    };
    const ids = idsOf({ id: 'l-1', company: 'Example' });
    expect(new Set(ids).size).toBe(3);
    expect(idsOf({ id: 'l-2', company: 'Other' })).toEqual(ids);
    expect(idsOf({ id: 'l-1', company: 'Example' }, 'r-2')).not.toContain(ids[0]);
    expect(idsOf({ id: 'l-1', company: 'Example' }, 'r-1', '2026-03-01T09:00:01.000Z')).not.toContain(ids[0]);
  });

  it('that no event is for has none, whoever its lead is', () => {
    const mapping = withEvents({ ...demo, when: { path: 'kind', equals: 'demo' } });
    const nothing = { ok: true, lead: { identifiers: [] }, events: [], passedOver: [] };
    expect(readPayload(mapping, { kind: 'other' })).toEqual(nothing);
    expect(readPayload(mapping, 'text')).toEqual(nothing);
  });

  it('passes over an event whose value is not there, and tells the path', () => {
    const stage = {
      type: 'LeadStageChanged',
      stage: { path: 'stage', values: { a: 'mql' }, otherwise: 'omit' },
    };
    const passed = (payload: object) => {
      const reading = readPayload(withEvents(stage, profile), payload);
      return reading.ok && reading.passedOver;
    };
    expect(passed({ id: 'l-1', company: 'Example' })).toEqual([
      { event: 'events[0] LeadStageChanged', path: 'stage' },
    ]);
    expect(passed({ id: 'l-1', stage: 'b' })).toEqual([
      { event: 'events[0] LeadStageChanged', path: 'stage' },
      { event: 'events[1] LeadProfileUpdated', path: '(all values)' },
    ]);
  });

  it('with a wrong value gives no event at all, and every problem once', () => {
    const mapping = withEvents(
      { type: 'LeadProfileUpdated', attributes: { a: 'a', b: { path: 'b', type: 'number' } } },
      { type: 'LeadActivityRecorded', activity: 'a' },
      demo,
    );
    expect(readData(mapping, { id: 'l-1', a: { x: 1 }, b: 'many' })).toEqual([
      { path: 'a', given: '{"x":1}', allowed: 'a text, a number, true, false or a list of texts' },
      { path: 'b', given: '"many"', allowed: 'a number, written as 1250.5' },
    ]);
  });

  it('that a contract refuses is a problem in the words of the mapping', () => {
    const mapping = withEvents({ type: 'LeadStageChanged', stage: 'stage' });
    expect(readData(mapping, { id: 'l-1', stage: 'prospect' })).toEqual([
      {
        path: 'events[0] LeadStageChanged detail.data.stage',
        given: '"prospect"',
        allowed: 'subscriber, lead, mql, sql, opportunity, customer',
      },
    ]);
  });
});

describe('the lead of a payload', () => {
  it.each([
    ['a path', 'id', { id: 'l-1' }, 'l-1'],
    ['a number', { path: 'id', prefix: 'crm:' }, { id: 17 }, 'crm:17'],
    ['several paths', { paths: ['a', 'b'], prefix: 'x-' }, { a: 1, b: 'z' }, 'x-1:z'],
    ['any text', { path: 'id', unsafe: 'escape' }, { id: 'auth0|5f' }, 'esc:auth0:7C5f'],
  ])('is named by %s', (_, leadId, payload, id) => {
    expect(readPayload({ leadId, events: [demo] }, payload)).toMatchObject({ lead: { leadId: id } });
  });

  it.each([
    ['nothing', {}, 'nothing', 'a lead id'],
    ['a list', { id: ['l-1'] }, '["l-1"]', 'a text or a number'],
    ['a text that no lead id may be', { id: 'a b' }, '"a b"', expect.stringContaining('A-Z a-z')],
  ])('is a problem if there is %s', (_, payload, given, allowed) => {
    expect(readPayload(withEvents(demo), payload)).toMatchObject({
      ok: false,
      problems: expect.arrayContaining([{ path: 'id', given, allowed }]),
    });
  });

  it('is known by identifiers, the strongest first, as far as the payload has them', () => {
    const mapping = { ...byEmail, events: [demo] };
    const leadOf = (payload: object) => readPayload(mapping, payload);
    const email = { type: 'email', value: 'Anna@Example.com' };
    const device = { type: 'device', value: '7', anonymous: true };
    expect(leadOf({ email: ' Anna@Example.com', device: 7 })).toMatchObject({
      lead: { identifiers: [email, device] },
    });
    expect(leadOf({ device: '7' })).toMatchObject({ lead: { identifiers: [device] } });
    expect(leadOf({ email: '' })).toMatchObject({
      problems: [
        {
          path: 'email or device',
          given: 'nothing',
          allowed: 'an identifier of the lead at one of these paths',
        },
      ],
    });
  });

  it.each([
    ['no address', 'anna', 'an e-mail address, such as anna@example.com'],
    ['too long', `${'a'.repeat(600)}@example.com`, 'at most 512 characters'],
    ['true', true, 'a text or a number'],
  ])('is a problem if the e-mail address is %s', (_, email, allowed) => {
    expect(readPayload({ ...byEmail, events: [demo] }, { email })).toMatchObject({
      ok: false,
      problems: expect.arrayContaining([expect.objectContaining({ path: 'email', allowed })]),
    });
  });
});

describe('a merge', () => {
  const merged = { type: 'LeadsMerged', mergedLeadId: { path: 'old', prefix: 'crm:' } };
  const read = (mapping: object, payload: object) => {
    const reading = readPayload(mapping, payload);
    return reading.ok ? reading.events.map(({ data, merged }) => ({ data, merged })) : reading.problems;
  };

  it('names the merged lead by its id', () => {
    expect(read(withEvents(merged), { id: 'l-1', old: 5 })).toEqual([
      { data: {}, merged: { leadId: 'crm:5' } },
    ]);
  });

  it('names the merged lead by its identifiers', () => {
    const mapping = {
      ...byEmail,
      events: [{ type: 'LeadsMerged', mergedIdentifiers: [{ type: 'crm', path: 'old' }] }],
    };
    const identifiers = [{ type: 'crm', value: '5' }];
    expect(read(mapping, { email: 'a@example.com', old: 5 })).toEqual([
      { data: {}, merged: { identifiers } },
    ]);
  });

  it('is none if the merged lead is not there', () => {
    expect(readPayload(withEvents(merged), { id: 'l-1' })).toMatchObject({
      events: [],
      passedOver: [{ event: 'events[0] LeadsMerged', path: 'old' }],
    });
  });
});

describe('an erasure', () => {
  it('is an event without data', () => {
    expect(readData(withEvents({ type: 'LeadErasureRequested' }), { id: 'l-1' })).toEqual([{}]);
  });
});

describe('a condition', () => {
  const holds = (when: unknown, payload: object): boolean | unknown => {
    const reading = readPayload(withEvents({ ...demo, when }), { id: 'l-1', ...payload });
    return reading.ok ? reading.events.length === 1 : reading.problems;
  };

  it.each([
    ['a', { a: 'x' }, true],
    ['a', { a: false }, true],
    ['a', { a: {} }, true],
    ['a', { a: '' }, false],
    ['a', {}, false],
    [{ path: 'a', filled: false }, { a: null }, true],
    [{ path: 'a', equals: 'X' }, { a: ' x' }, true],
    [{ path: 'a', equals: true }, { a: true }, true],
    [{ path: 'a', equals: [1, 2] }, { a: 2 }, true],
    [{ path: 'a', equals: 'x' }, { a: ['w', 'x'] }, true],
    [{ path: 'a', equals: 'x' }, { a: { x: 1 } }, false],
    [{ path: 'a', not: 'x' }, { a: 'y' }, true],
    [{ path: 'a', not: 'x' }, {}, true],
    [{ path: 'a', not: 'x' }, { a: ['x'] }, false],
    [['a', { path: 'b', equals: 'x' }], { a: 1, b: 'x' }, true],
    [['a', { path: 'b', equals: 'x' }], { a: 1, b: 'y' }, false],
    ['length(items) > `1`', { items: [1, 2] }, true],
  ])('%j of %j: %s', (when, payload, expected) => {
    expect(holds(when, payload)).toBe(expected);
  });

  it('that fails for a payload is a problem of it', () => {
    expect(holds({ path: 'length(a)', equals: 1 }, { a: 5 })).toEqual([
      {
        path: 'length(a)',
        given: expect.stringContaining('length()'),
        allowed: expect.stringContaining('not_null(…)'),
      },
    ]);
  });
});

describe('the time of an event', () => {
  const context = { recordId: 'r-1' };
  const timeOf = (mapping: object, payload: object, given: object = context) => {
    const reading = readPayload(mapping, { id: 'l-1', ...payload }, given as typeof context);
    return reading.ok ? reading.events[0]?.occurredAt : reading.problems[0];
  };

  it('is what the vendor says, unless the mapping has another one', () => {
    const said = { recordId: 'r-1', occurredAt: '2026-03-01T10:00:00+01:00' };
    expect(timeOf(withEvents(demo), {}, said)).toBe('2026-03-01T09:00:00.000Z');
    const mapping = { occurredAt: { path: 'at', format: 'epoch-seconds' }, ...withEvents(demo) };
    expect(timeOf(mapping, { at: 1_772_355_600 }, said)).toBe('2026-03-01T09:00:00.000Z');
    const own = {
      ...mapping,
      events: [{ ...demo, at: { path: 'own', format: 'dd.MM.yyyy', timeZone: 'Europe/Berlin' } }],
    };
    expect(timeOf(own, { at: 1, own: '01.03.2026' }, said)).toBe('2026-02-28T23:00:00.000Z');
  });

  it.each([
    ['nobody says it', withEvents(demo), {}, 'occurredAt', expect.stringContaining('says no date')],
    ['it is no date', { ...withEvents(demo), occurredAt: 'at' }, { at: 'soon' }, 'at', '"soon"'],
    ['it is not there', { ...withEvents(demo), occurredAt: 'at' }, {}, 'at', 'nothing'],
  ])('is a problem if %s', (_, mapping, payload, path, given) => {
    expect(timeOf(mapping, payload)).toMatchObject({ path, given });
  });

  it('is a problem if it is ahead of the clock', () => {
    const ahead = { recordId: 'r-1', occurredAt: '2026-03-03T00:00:00Z' };
    expect(timeOf(withEvents(demo), {}, ahead)).toMatchObject({
      path: 'events[0] LeadActivityRecorded detail.metadata.occurredAt',
    });
  });
});
