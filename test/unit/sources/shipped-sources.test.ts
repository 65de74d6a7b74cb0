import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type TriedPayload, tryPayloads } from '../../../cli/source/try-payloads.ts';
import { tallyEvent } from '../../../cli/unread/said-in-event.ts';
import { createUnreadTally } from '../../../cli/unread/unread-tally.ts';
import { findRecord } from '../../../shared/deliveries/hubspot/find-record.ts';
import type { Identifier } from '../../../shared/mapping/index.ts';
import { parseModel } from '../../../shared/scoring/index.ts';
import { readSources } from '../../../shared/source-documents/index.ts';
import { partnerKinds, type SourceDocument, webhookKinds } from '../../../shared/sources/index.ts';
import { parseSubscription } from '../../../shared/subscription-documents/index.ts';
import { findFence, findFences, parseFences } from '../../support/docs.ts';

const root = join(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const shipped = readSources(join(root, 'sources'));
const examples = readSources(join(root, 'docs/examples/sources'));
const all = [...shipped, ...examples];

const find = (name: string): SourceDocument => {
  const found = all.find((source) => source.name === name);
  if (found === undefined) throw new Error(`no source ${name}`);
  return found;
};

const now = Date.parse('2026-03-05T00:00:00.000Z');

const tryFixture = (name: string, fixture: string): readonly TriedPayload[] => {
  const tried = tryPayloads(
    find(name),
    JSON.parse(read(`docs/examples/payloads/${name}/${fixture}.json`)),
    now,
  );
  if ('problems' in tried) throw new Error(JSON.stringify(tried.problems));
  return tried.payloads;
};

/** Returns the events of each payload as their types and data. */
const eventsOf = (payloads: readonly TriedPayload[]) =>
  payloads.map(({ events }) => events.map(({ type, data }) => [type, data]));

const anna: Identifier = { type: 'email', value: 'anna.berg@example.com' };
const jobTitle = (title: string, seniority: string, department: string) => ({
  jobTitle: title,
  seniority,
  department,
});

describe('the documents of sources that come with Sluice', () => {
  it('cover every kind, and are valid', () => {
    expect(shipped.map(({ kind }) => kind).toSorted()).toEqual([...webhookKinds].toSorted());
    expect(examples.map(({ kind }) => kind).toSorted()).toEqual([...partnerKinds].toSorted());
  });

  it('let strangers erase and merge nobody: forms, bookings and tracking calls are written by anybody', () => {
    const byAnybody = ['segment', 'segment-eventbridge', 'typeform', 'calendly'];
    const found = [...shipped, ...examples].filter(({ kind }) => byAnybody.includes(kind));
    expect(found).toHaveLength(byAnybody.length);
    for (const { mapping } of found) {
      const types = mapping.events.map(({ type }) => type);
      expect(types).not.toContain('LeadErasureRequested');
      expect(types).not.toContain('LeadsMerged');
      expect(mapping.identity?.whenTwoMeet ?? 'suggest').toBe('suggest');
    }
  });

  it.each([
    ['hubspot', 'changes'],
    ['segment', 'identify'],
    ['segment', 'track'],
    ['segment', 'page'],
    ['segment', 'group'],
    ['typeform', 'response'],
    ['calendly', 'created'],
    ['customerio', 'clicked'],
    ['cloudevents', 'demo'],
    ['standard-webhooks', 'updated'],
    ['generic', 'form'],
    ['segment-eventbridge', 'track'],
    ['salesforce', 'update'],
  ])('say nothing that the shipped model does not read: %s, %s', (name, fixture) => {
    const model = parseModel(read('models/success-ready.json'), 'success-ready');
    const unread = createUnreadTally(model);
    const events = tryFixture(name, fixture).flatMap((tried) => tried.events);
    expect(events.length).toBeGreaterThan(0);
    for (const { type, occurredAt, eventId, data } of events) {
      const metadata = { eventId, occurredAt, schemaVersion: 1 as const };
      tallyEvent(unread, { source: name, 'detail-type': type, time: occurredAt, detail: { metadata, data } });
    }
    expect(unread.totals().names).toEqual([]);
  });
});

describe('HubSpot', () => {
  const payloads = tryFixture('hubspot', 'changes');
  const outcomes = payloads.map(({ name, outcome }) => `${name}: ${outcome}`);
  const contact = (attributes: object = {}) => [
    'LeadProfileUpdated',
    { attributes: { ...attributes, hubspotContactId: 1_246_965 } },
  ];

  it('tells what a contact is, its stage, its e-mails, merges and deletions', () => {
    const cleared = { jobTitle: null, seniority: null, department: null };
    const left = ['LeadProfileUpdated', { attributes: { hubspotContactId: 1_246_990 } }];
    expect(eventsOf(payloads)).toEqual([
      [contact({ emailType: 'business' })],
      [contact(jobTitle('VP Marketing', 'executive', 'marketing'))],
      [contact(), ['LeadStageChanged', { stage: 'mql', reason: 'Lifecycle stage in HubSpot' }]],
      [contact({ employees: 240 })],
      [contact(), ['LeadProfileUpdated', { attributes: cleared }]],
      [contact(), ['LeadActivityRecorded', { activity: 'email_opened', total: 7 }]],
      [contact()],
      [],
      [['LeadsMerged', {}], left],
      [['LeadsMerged', {}], left],
      [['LeadErasureRequested', {}]],
      [],
      [],
      [],
      [contact(), ['LeadStageChanged', { stage: 'customer', reason: 'Lifecycle stage in HubSpot' }]],
      [],
    ]);
  });

  it('has payloads that are of companies or otherwise unknown, not wanted, or of Sluice itself', () => {
    expect(outcomes.filter((text) => !text.endsWith(': mapped'))).toEqual([
      'contact.creation: ignored',
      'company.propertyChange lifecyclestage: unknown',
      'object.privacyDeletion 0-2: unknown',
      'object.propertyChange 0-2 lifecyclestage: unknown',
      'contact.propertyChange sluice_tier: own',
    ]);
  });

  it('names the contact to which the documented subscription writes', () => {
    const fences = findFences(parseFences(read('docs/integrations/hubspot.md')), 'file');
    const parsed = parseSubscription(findFence(fences, 'hubspot.json').body);
    if (!parsed.ok || parsed.subscription.target.kind !== 'hubspot') throw new Error(JSON.stringify(parsed));
    const { record } = parsed.subscription.target;
    const attributesOf = ({ data }: { readonly data: unknown }) =>
      (data as { attributes?: Record<string, string | number> }).attributes ?? {};
    const found = payloads.map(({ events }) => {
      const attributes = Object.assign({}, ...events.map(attributesOf));
      const contact = findRecord({ leadId: 'p-1', attributes }, record);
      return contact.kind === 'found' ? contact.record.id : undefined;
    });
    expect(found.slice(0, 7)).toEqual(Array(7).fill('1246965'));
    expect(found.slice(8, 10)).toEqual(['1246990', '1246990']);
  });

  it('names a contact by its id, and by its address when that changes', () => {
    const id: Identifier = { type: 'hubspot', value: '1246965' };
    expect(payloads[0]?.lead).toEqual({ identifiers: [id, { ...anna, value: 'Anna.Berg@Example.com' }] });
    expect(payloads[1]?.lead).toEqual({ identifiers: [id] });
    const merged = payloads.flatMap(({ events }) =>
      events.flatMap((event) => event.merged?.identifiers ?? []),
    );
    expect(merged.map(({ value }) => value)).toEqual(['1246978', '1246990']);
  });
});

describe('whether somebody wants no more messages', () => {
  const factsOf = (name: string, payload: object) => {
    const tried = tryPayloads(find(name), payload, now);
    if ('problems' in tried) throw new Error(JSON.stringify(tried.problems));
    return eventsOf(tried.payloads).flat();
  };
  const optOut = (value: boolean) => ['LeadProfileUpdated', { attributes: { optedOut: value } }];
  const unsubscribed = ['LeadActivityRecorded', { activity: 'unsubscribed' }];

  const changed = (propertyValue: string) => ({
    eventId: 1,
    portalId: 33,
    occurredAt: 1_772_355_600_000,
    subscriptionType: 'contact.propertyChange',
    objectId: 5,
    propertyName: 'hs_email_optout',
    propertyValue,
  });

  it('is what HubSpot says last: that they opted out, and that they take it back', () => {
    const contact = ['LeadProfileUpdated', { attributes: { hubspotContactId: 5 } }];
    expect(factsOf('hubspot', changed('true'))).toEqual([contact, unsubscribed, optOut(true)]);
    expect(factsOf('hubspot', changed('false'))).toEqual([contact, optOut(false)]);
    expect(factsOf('hubspot', changed(''))).toEqual([contact]);
  });

  it.each([
    [
      'customerio',
      {
        event_id: 'e-1',
        object_type: 'customer',
        metric: 'unsubscribed',
        timestamp: 1_772_355_600,
        data: { identifiers: { email: 'a@example.com' } },
      },
    ],
    ['generic', { id: '1', event: 'unsubscribes', at: '2026-03-01T09:00:00Z', email: 'a@example.com' }],
    [
      'segment',
      {
        type: 'track',
        event: 'Unsubscribed',
        messageId: 'm-1',
        timestamp: '2026-03-01T09:00:00Z',
        traits: { email: 'a@example.com' },
      },
    ],
  ])('follows from an unsubscription: %s', (name, payload) => {
    const facts = factsOf(name, payload);
    expect(facts).toContainEqual(unsubscribed);
    expect(facts.at(-1)).toEqual(optOut(true));
  });

  it('is a name that no model has to read, as is the contact in HubSpot', () => {
    const unread = createUnreadTally(parseModel(read('models/success-ready.json'), 'success-ready'));
    unread.add({ bag: 'attributes', name: 'optedOut', value: true }, now);
    unread.add({ bag: 'attributes', name: 'hubspotContactId', value: 5 }, now);
    expect(unread.totals().names).toEqual([]);
  });
});

describe('Segment', () => {
  const device: Identifier = {
    type: 'segment-anonymous',
    value: '507f191e810c19729de860ea',
    anonymous: true,
  };
  const user: Identifier = { type: 'segment', value: 'u-1017' };

  it('tells who somebody is', () => {
    const [tried] = tryFixture('segment', 'identify');
    expect(tried?.lead).toEqual({ identifiers: [anna, user, device] });
    expect(tried?.events).toMatchObject([
      {
        type: 'LeadProfileUpdated',
        occurredAt: '2026-03-01T09:00:01.220Z',
        data: {
          attributes: {
            ...jobTitle('Head of Operations', 'director', 'operations'),
            name: 'Anna Berg',
            emailType: 'business',
            company: 'Example Logistics',
            industry: 'logistics',
            employees: 240,
            country: 'DE',
          },
        },
      },
    ]);
  });

  it('tells what somebody does', () => {
    expect(eventsOf(tryFixture('segment', 'track'))).toEqual([
      [['LeadActivityRecorded', { activity: 'demo_requested' }]],
    ]);
    expect(eventsOf(tryFixture('segment-eventbridge', 'track'))).toEqual([
      [['LeadActivityRecorded', { activity: 'trial_started' }]],
    ]);
  });

  it.each(['segment', 'segment-eventbridge'])('tells for whom a known user works: %s', (source) => {
    const group = JSON.parse(read('docs/examples/payloads/segment/group.json'));
    const tryGroup = (payload: object) => {
      const tried = tryPayloads(find(source), payload, now);
      if ('problems' in tried) throw new Error(JSON.stringify(tried.problems));
      return tried.payloads[0];
    };
    const known = tryGroup(group);
    expect(known?.lead).toEqual({ identifiers: [user, device] });
    expect(known?.events.map(({ data }) => data)).toEqual([
      { attributes: { company: 'Example Logistics', industry: 'logistics', employees: 240 } },
    ]);
    const withOwnAddress = { ...group, context: { traits: { email: anna.value } } };
    expect(tryGroup(withOwnAddress)?.lead).toEqual({ identifiers: [anna, user, device] });
    expect(tryGroup({ ...group, userId: null })?.outcome).toBe('unknown');
  });

  it('never takes an address that somebody entered for their own', () => {
    for (const source of ['segment', 'segment-eventbridge']) {
      const track = JSON.parse(read('docs/examples/payloads/segment/track.json'));
      const tried = tryPayloads(find(source), { ...track, properties: { email: 'bob@example.com' } }, now);
      if ('problems' in tried) throw new Error(JSON.stringify(tried.problems));
      expect(tried.payloads[0]?.lead).toEqual({ identifiers: [user, device] });
    }
    expect(tryFixture('segment-eventbridge', 'track')[0]?.lead).toEqual({
      identifiers: [anna, user, device],
    });
  });

  it('tells which pages a stranger visits', () => {
    const payloads = tryFixture('segment', 'page');
    expect(payloads[0]?.lead).toEqual({ identifiers: [device] });
    expect(eventsOf(payloads)).toEqual([
      [
        ['LeadActivityRecorded', { activity: 'page_visited', properties: { page: '/pricing' } }],
        ['LeadActivityRecorded', { activity: 'pricing_page_visited' }],
      ],
    ]);
  });
});

describe('a form of Typeform', () => {
  it('asks for a demo, and answers questions of the model', () => {
    const payloads = tryFixture('typeform', 'response');
    expect(payloads[0]?.lead).toEqual({ identifiers: [anna] });
    expect(eventsOf(payloads)).toEqual([
      [
        [
          'LeadProfileUpdated',
          {
            attributes: {
              ...jobTitle('Director of Operations', 'director', 'operations'),
              company: 'Example Logistics',
              employees: 240,
              emailType: 'business',
            },
          },
        ],
        [
          'LeadAnswersRecorded',
          { answers: { budget: { value: 'approved' }, timeframeMonths: { value: 3 } }, askedBy: 'typeform' },
        ],
        ['LeadActivityRecorded', { activity: 'demo_requested' }],
      ],
    ]);
  });
});

describe('a meeting in Calendly', () => {
  const typesOf = (fixture: string) =>
    tryFixture('calendly', fixture).flatMap(({ events }) => events.map(({ type }) => type));

  it('is a request for a demo', () => {
    expect(typesOf('created')).toEqual(['LeadActivityRecorded', 'LeadProfileUpdated', 'LeadAnswersRecorded']);
    const [[demo] = []] = eventsOf(tryFixture('calendly', 'created'));
    expect(demo).toEqual([
      'LeadActivityRecorded',
      { activity: 'demo_requested', properties: { campaign: 'spring' } },
    ]);
  });

  it('is no second request if it is only moved', () => {
    expect(typesOf('moved')).toEqual(['LeadProfileUpdated', 'LeadAnswersRecorded']);
  });
});

describe('an e-mail of Customer.io', () => {
  it('counts when a link in it is followed', () => {
    const payloads = tryFixture('customerio', 'clicked');
    expect(payloads[0]).toMatchObject({
      lead: { identifiers: [anna, { type: 'customerio', value: 'u-1017' }] },
    });
    expect(eventsOf(payloads)).toEqual([[['LeadActivityRecorded', { activity: 'email_clicked' }]]]);
  });
});

describe('other senders', () => {
  it('CloudEvents tell what happened by their type', () => {
    expect(tryFixture('cloudevents', 'demo')).toMatchObject([
      {
        lead: { identifiers: [anna, { type: 'user', value: 'u-1017' }] },
        events: [{ occurredAt: '2026-03-01T09:00:00.000Z', data: { activity: 'demo_requested' } }],
      },
    ]);
  });

  it('Standard Webhooks tell what is known of a lead', () => {
    const attributes = {
      ...jobTitle('Sales Manager', 'manager', 'sales'),
      employees: 60,
      country: 'DE',
      emailType: 'business',
    };
    expect(eventsOf(tryFixture('standard-webhooks', 'updated'))).toEqual([
      [['LeadProfileUpdated', { attributes }]],
    ]);
  });

  it('any other JSON has its id, name and date where its document says', () => {
    const [tried] = tryFixture('generic', 'form');
    expect(tried).toMatchObject({
      name: 'Fills out form',
      recordId: '1017-form-2026-03-01T09:00:00Z',
      lead: { identifiers: [anna, { type: 'marketo', value: '1017' }] },
    });
    expect(tried?.events.map(({ type, data }) => [type, data])).toEqual([
      ['LeadActivityRecorded', { activity: 'content_form_submitted' }],
      [
        'LeadProfileUpdated',
        {
          attributes: {
            ...jobTitle('Head of Operations', 'director', 'operations'),
            company: 'Example Logistics',
            employees: 240,
            country: 'DE',
            emailType: 'business',
          },
        },
      ],
    ]);
  });

  it('Salesforce tells a change of several leads at once', () => {
    const payloads = tryFixture('salesforce', 'update');
    const events = [
      ['LeadProfileUpdated', { attributes: { employees: 240 } }],
      ['LeadProfileUpdated', { attributes: { jobTitle: null, seniority: null, department: null } }],
      ['LeadStageChanged', { stage: 'mql' }],
    ];
    expect(eventsOf(payloads)).toEqual([events, events]);
    expect(payloads.map(({ lead }) => lead?.identifiers?.[0]?.value)).toEqual([
      '00Q5g00000aBCDEEA4',
      '00Q5g00000aBCDFEA4',
    ]);
  });
});
