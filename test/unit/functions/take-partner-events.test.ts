import { describe, expect, it } from 'vitest';
import type { BusEvent } from '../../../events/index.ts';
import { takePartnerEvents } from '../../../functions/take-partner-events/take-partner-events.ts';
import { buildBatch, failedIds } from '../../support/deliveries.ts';
import { changedEvent, readPartnerFixture } from '../../support/partner-events.ts';
import { createPartnerWorld } from '../../support/partner-world.ts';

const withoutIdentities = (events: readonly BusEvent[]) =>
  events.filter((event) => event['detail-type'] !== 'LeadIdentified');
const typesOf = (events: readonly BusEvent[]) => events.map((event) => event['detail-type']);
const leadOf = ({ detail }: BusEvent) => (detail.data as { leadId: string }).leadId;

describe('an event of a partner bus', () => {
  it('becomes the events of the mapping of the source whose bus it came by', async () => {
    const world = createPartnerWorld();
    await world.take(readPartnerFixture('lead-created'), readPartnerFixture('segment-track'));
    const ofCrm = world.taken.filter(({ source }) => source === 'salesforce');
    expect(withoutIdentities(ofCrm)).toMatchObject([
      {
        'detail-type': 'LeadProfileUpdated',
        detail: {
          metadata: { occurredAt: '2026-03-01T09:00:00.000Z' },
          data: { attributes: { company: 'Example Ltd', employees: 250, jobTitle: 'VP Operations' } },
        },
      },
      { 'detail-type': 'LeadStageChanged', detail: { data: { stage: 'lead' } } },
    ]);
    const ofSegment = world.taken.filter(({ source }) => source === 'segment-eventbridge');
    expect(withoutIdentities(ofSegment)).toMatchObject([
      { 'detail-type': 'LeadActivityRecorded', detail: { data: { activity: 'demo_requested' } } },
    ]);
    // Both have the same address.
    expect(new Set(world.taken.map(leadOf)).size).toBe(1);
  });

  it('becomes events of each lead that it names', async () => {
    const world = createPartnerWorld();
    await world.take(readPartnerFixture('leads-updated-together'));
    const updated = withoutIdentities(world.taken);
    expect(typesOf(updated)).toEqual(Array.from({ length: 3 }, () => 'LeadProfileUpdated'));
    expect(new Set(updated.map(leadOf)).size).toBe(3);
    expect(new Set(updated.map(({ detail }) => detail.metadata.eventId)).size).toBe(3);
  });

  it('clears what was removed in Salesforce', async () => {
    const world = createPartnerWorld();
    await world.take(readPartnerFixture('lead-updated'));
    expect(withoutIdentities(world.taken)).toMatchObject([
      { 'detail-type': 'LeadProfileUpdated', detail: { data: { attributes: { jobTitle: null } } } },
      { 'detail-type': 'LeadStageChanged', detail: { data: { stage: 'mql' } } },
    ]);
  });

  it('is the same events if it comes again', async () => {
    const world = createPartnerWorld();
    await world.take(readPartnerFixture('lead-created'));
    const first = withoutIdentities(world.taken.splice(0));
    await world.take(readPartnerFixture('lead-created'));
    expect(withoutIdentities(world.taken)).toEqual(first);
  });

  it.each(['own-write', 'contact-created'])('is no event if nobody wants it: %s', async (fixture) => {
    const world = createPartnerWorld();
    expect(failedIds(await world.take(readPartnerFixture(fixture)))).toEqual([]);
    expect(world.taken).toEqual([]);
    expect(world.quarantined).toEqual([]);
  });

  it.each([
    ['gap', '["00Q5f00000MNOPqEAP"'],
    ['overflow', '000000000000000AAA'],
    ['all-leads-changed', '00Q*'],
  ])('is kept with what has to be done if its changes are missing: %s', async (fixture, records) => {
    const world = createPartnerWorld();
    await world.take(readPartnerFixture(fixture));
    expect(world.taken).toEqual([]);
    expect(world.quarantined).toMatchObject([
      {
        rejection: {
          code: 'missing-changes',
          problems: [{ allowed: expect.stringContaining('send them whole') }],
        },
        origin: 'source salesforce',
      },
    ]);
    expect(world.quarantined[0]?.body).toContain(records);
  });

  it('is quarantined if no document is for its source', async () => {
    const world = createPartnerWorld();
    const event = { ...readPartnerFixture('lead-created'), source: 'aws.partner/example.com/gone' };
    expect(failedIds(await world.take(event, 'no JSON'))).toEqual([]);
    expect(world.taken).toEqual([]);
    expect(world.quarantined).toMatchObject([
      {
        body: JSON.stringify(event),
        rejection: {
          code: 'unmapped',
          problems: [{ path: 'source', given: '"aws.partner/example.com/gone"' }],
        },
      },
      { body: 'no JSON', rejection: { code: 'unmapped', problems: [{ given: 'nothing' }] } },
    ]);
  });

  it('is noted for its source, with the names of what no mapping is for', async () => {
    const world = createPartnerWorld();
    await world.take(readPartnerFixture('lead-created'));
    await world.take(readPartnerFixture('contact-created'));
    expect(world.notes).toMatchObject([
      { source: 'salesforce', counts: { taken: 1 } },
      { source: 'salesforce', counts: { unknown: 1 }, unknown: new Map([['Contact CREATE', 1]]) },
    ]);
  });
});

describe('a failure', () => {
  it('brings the event again, and delays no other', async () => {
    const world = createPartnerWorld();
    world.refuse((event) => JSON.stringify(event).includes('Apparel'));
    const answer = await world.take(
      readPartnerFixture('lead-created'),
      readPartnerFixture('leads-updated-together'),
    );
    expect(failedIds(answer)).toEqual(['m-1']);
    expect(typesOf(withoutIdentities(world.taken))).toEqual(['LeadProfileUpdated', 'LeadStageChanged']);
    world.refuse(() => false);
    expect(failedIds(await world.take(readPartnerFixture('leads-updated-together')))).toEqual([]);
    expect(withoutIdentities(world.taken)).toHaveLength(5);
  });

  it('to quarantine brings the event again', async () => {
    const world = createPartnerWorld();
    const take = takePartnerEvents({
      ...world.deps,
      quarantine: {
        store: () => Promise.reject(new Error('throttled')),
      },
    });
    const event = { ...readPartnerFixture('gap'), source: 'aws.partner/example.com/gone' };
    expect(failedIds(await take(buildBatch(event, readPartnerFixture('lead-created'))))).toEqual(['m-0']);
  });

  it('to note what came changes nothing else', async () => {
    const world = createPartnerWorld();
    const notes = { note: () => Promise.reject(new Error('throttled')) };
    const take = takePartnerEvents({ ...world.deps, notes });
    expect(failedIds(await take(buildBatch(readPartnerFixture('lead-created'))))).toEqual([]);
    expect(world.taken.length).toBeGreaterThan(0);
  });

  it('of one record of an event loses no other', async () => {
    const world = createPartnerWorld();
    const recordIds = ['00Q5f00000MNOPqEAP', '00Q*'];
    await world.take(changedEvent(readPartnerFixture('lead-updated'), { recordIds }));
    expect(withoutIdentities(world.taken)).toHaveLength(2);
    expect(world.quarantined).toMatchObject([{ rejection: { code: 'missing-changes' } }]);
  });
});
