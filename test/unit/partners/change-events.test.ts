import { describe, expect, it } from 'vitest';
import { splitPartnerEvent } from '../../../shared/partners/index.ts';
import {
  changedEvent,
  type GivenEvent,
  readPartnerFixture,
  salesforceSource,
} from '../../support/partner-events.ts';

const split = (event: GivenEvent) => splitPartnerEvent(salesforceSource, event);
const splitFixture = (name: string) => split(readPartnerFixture(name));

describe('a change of one record', () => {
  it('becomes a payload with the fields of the header, the id of the record and what was changed', () => {
    const { payloads, passed } = splitFixture('lead-created');
    expect(passed).toEqual([]);
    expect(payloads).toMatchObject([
      {
        name: 'Lead CREATE',
        recordId: '0005e192-9e62-2554-3880-3c3718bd6301 1 00Q5f00000MNOPqEAP',
        occurredAt: '2026-03-01T09:00:00.000Z',
        content: {
          entityName: 'Lead',
          changeType: 'CREATE',
          recordId: '00Q5f00000MNOPqEAP',
          fields: {
            Name: { FirstName: 'Ada', LastName: 'Example' },
            Email: 'ada@example.com',
            NumberOfEmployees: 250,
            IsConverted: false,
            Phone: null,
          },
        },
      },
    ]);
    expect(payloads[0]?.content).not.toHaveProperty('recordIds');
    expect(payloads[0]?.content).not.toHaveProperty('fields.ChangeEventHeader');
  });

  it('has null for what was set to nothing, also within a compound field', () => {
    expect(splitFixture('lead-updated').payloads[0]?.content).toMatchObject({
      fields: {
        Status: 'Working - Contacted',
        Title: null,
        Address: { City: 'Shelbyville', PostalCode: null },
      },
    });
  });

  it.each([
    ['named as such', { nulledFields: ['Title'], changedFields: ['Title'] }, {}, ['Title']],
    ['changed and null', { nulledFields: [], changedFields: ['Title'] }, { Title: null }, ['Title']],
    [
      'a part of a compound field',
      { nulledFields: [], changedFields: ['Address.City'] },
      { Address: { City: null, State: null } },
      ['Address.City'],
    ],
    ['null and not changed', { nulledFields: [], changedFields: ['Status'] }, { Title: null }, []],
    ['of a header without lists', { nulledFields: null, changedFields: undefined }, { Title: null }, []],
  ])('lists what was removed, so that a mapping can clear it: %s', (_, header, fields, nulledFields) => {
    const event = changedEvent(
      readPartnerFixture('lead-deleted'),
      { changeType: 'UPDATE', ...header },
      fields,
    );
    expect(split(event).payloads[0]?.content).toMatchObject({ nulledFields });
  });

  it('has null for a compound field that the event only names as set to nothing', () => {
    const nulledFields = ['Address', 'Name.FirstName'];
    const event = changedEvent(readPartnerFixture('lead-deleted'), { changeType: 'UPDATE', nulledFields });
    expect(split(event).payloads[0]?.content).toMatchObject({
      fields: { Address: null, Name: { FirstName: null } },
    });
  });

  it.each([
    ['lead-deleted', 'Lead DELETE'],
    ['contact-created', 'Contact CREATE'],
  ])('says in its name what was done to which object: %s', (fixture, name) => {
    expect(splitFixture(fixture).payloads.map((payload) => payload.name)).toEqual([name]);
  });

  it('is ordered within its transaction, whose changes all have one timestamp', () => {
    const [first] = splitFixture('contact-created').payloads;
    const [last] = splitFixture('lead-converted').payloads;
    expect(first?.occurredAt).toBe('2026-03-04T12:00:00.001Z');
    expect(last?.occurredAt).toBe('2026-03-04T12:00:00.003Z');
  });

  it('is never dated into the next second by its place in the transaction', () => {
    const event = changedEvent(readPartnerFixture('lead-updated'), { sequenceNumber: 99_999 });
    expect(split(event).payloads[0]?.occurredAt).toBe('2026-03-02T10:00:00.999Z');
  });
});

describe('a change of several records', () => {
  it('becomes a payload for each of them, with an id of its own', () => {
    const { payloads } = splitFixture('leads-updated-together');
    expect(payloads.map(({ content }) => (content as { recordId: string }).recordId)).toEqual([
      '00Q5f00000MNOPqEAP',
      '00Q5f00000MNOPrEAP',
      '00Q5f00000MNOPsEAP',
    ]);
    expect(new Set(payloads.map(({ recordId }) => recordId)).size).toBe(3);
    for (const { content } of payloads) expect(content).toMatchObject({ fields: { Industry: 'Apparel' } });
  });

  it('is one payload for a record that is named twice, in both forms of its id', () => {
    const recordIds = ['00Q5f00000MNOPq', '00Q5f00000MNOPqEAP'];
    const { payloads } = split(changedEvent(readPartnerFixture('lead-updated'), { recordIds }));
    expect(payloads).toEqual(splitFixture('lead-updated').payloads);
  });
});

describe('a change by Sluice itself', () => {
  it('is no event', () => {
    expect(splitFixture('own-write')).toEqual({
      payloads: [],
      passed: [{ name: 'Lead UPDATE', why: 'own' }],
    });
  });

  it.each([
    'com/salesforce/api/rest/60.0;client=Sluice/',
    'com/salesforce/api/rest/60.0; client=Sluice',
    'com/salesforce/api/rest/60.0;client=Sluice;other=1',
  ])('is recognised by its client: %s', (changeOrigin) => {
    const event = changedEvent(readPartnerFixture('own-write'), { changeOrigin });
    expect(split(event).passed).toMatchObject([{ why: 'own' }]);
  });

  it.each([
    'com/salesforce/api/rest/60.0;client=SluiceImport',
    'client',
    '',
    null,
    'xclient=Sluice',
    undefined,
  ])('is not what another client did: %s', (changeOrigin) => {
    const event = changedEvent(readPartnerFixture('own-write'), { changeOrigin });
    expect(split(event)).toMatchObject({ payloads: [{ name: 'Lead UPDATE' }], passed: [] });
  });
});

describe('a change whose fields Salesforce does not send', () => {
  it('is kept with the ids of the records that have to be fetched', () => {
    expect(splitFixture('gap')).toMatchObject({
      payloads: [],
      passed: [
        {
          name: 'Lead GAP_UPDATE',
          why: 'missing-changes',
          content: { recordIds: ['00Q5f00000MNOPqEAP', '00Q5f00000MNOPsEAP'] },
          problem: { given: '"GAP_UPDATE"', allowed: expect.stringContaining('fetch these Lead records') },
        },
      ],
    });
  });

  it('asks to load what a transaction that was too large has changed', () => {
    expect(splitFixture('overflow').passed).toMatchObject([
      {
        name: 'Lead GAP_OVERFLOW',
        why: 'missing-changes',
        problem: {
          allowed: expect.stringContaining(
            'fetch the Lead records that changed since then and send them whole',
          ),
        },
      },
    ]);
  });

  it('asks to fetch all records if a field of all of them was changed', () => {
    expect(splitFixture('all-leads-changed')).toMatchObject({
      payloads: [],
      passed: [
        {
          why: 'missing-changes',
          problem: { given: '["00Q*"]', allowed: expect.stringContaining('all of them') },
        },
      ],
    });
  });

  it('loses nothing else of its event', () => {
    const recordIds = ['00Q5f00000MNOPqEAP', '00Q*'];
    const { payloads, passed } = split(changedEvent(readPartnerFixture('lead-updated'), { recordIds }));
    expect(payloads).toEqual(splitFixture('lead-updated').payloads);
    expect(passed).toMatchObject([{ why: 'missing-changes', content: { recordIds: ['00Q*'] } }]);
  });
});

describe('a change event that can not be read', () => {
  it.each([
    ['entityName', 7, '7'],
    ['recordIds', [], '[]'],
    ['recordIds', ['00Q5f00000MNOPqEAP', 7], '["00Q5f00000MNOPqEAP",7]'],
    ['recordIds', '00Q5f00000MNOPqEAP', '"00Q5f00000MNOPqEAP"'],
    ['changeType', null, 'null'],
    ['transactionKey', '', '""'],
    ['sequenceNumber', '1', '"1"'],
    ['commitTimestamp', '2026-03-01', '"2026-03-01"'],
    ['commitTimestamp', 1e17, '100000000000000000'],
    ['commitTimestamp', -1, '-1'],
  ])('is kept whole, with what is wrong: %s %j', (name, value, given) => {
    const event = changedEvent(readPartnerFixture('lead-updated'), { [name]: value });
    expect(split(event)).toMatchObject({
      payloads: [],
      passed: [
        {
          name: 'LeadChangeEvent',
          why: 'malformed',
          content: event.detail,
          problem: { path: `detail.payload.ChangeEventHeader.${name}`, given },
        },
      ],
    });
  });

  it.each([{}, { payload: null }, { payload: { Status: 'Open' } }, { payload: { ChangeEventHeader: [] } }])(
    'is kept whole if it has no header: %j',
    (detail) => {
      const { payloads, passed } = split({ ...readPartnerFixture('lead-updated'), detail });
      expect(payloads).toEqual([]);
      expect(passed).toMatchObject([{ why: 'malformed', content: detail }]);
    },
  );

  it('takes names of fields for nothing but names', () => {
    const nulledFields = ['__proto__', 'constructor.prototype', 'a.b.c', '.'];
    const event = changedEvent(readPartnerFixture('lead-updated'), { nulledFields });
    const content = split(event).payloads[0]?.content as { fields: object };
    expect(Object.getPrototypeOf(content.fields)).toBe(Object.prototype);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(content.fields).toMatchObject({ a: { b: null } });
  });
});
