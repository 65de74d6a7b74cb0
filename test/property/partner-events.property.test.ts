import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusEvent } from '../../events/index.ts';
import { createScoringWorld, deliver, loadLead, type ScoringWorld } from '../support/deliveries.ts';
import { changedEvent, readPartnerFixture } from '../support/partner-events.ts';
import { createPartnerWorld } from '../support/partner-world.ts';
import { seeded } from '../support/seed.ts';

const created = readPartnerFixture('lead-created');

/** Events about three records in Salesforce and a visitor of Segment's, of whom one has the address of a record. */
const events = [
  created,
  // A later change in the transaction that created the record.
  changedEvent(
    created,
    { changeType: 'UPDATE', sequenceNumber: 2, changedFields: ['Title', 'Status'], nulledFields: ['Title'] },
    { Title: null, Status: 'Working - Contacted' },
  ),
  ...['lead-updated', 'leads-updated-together', 'lead-converted', 'gap', 'own-write'].map(readPartnerFixture),
  readPartnerFixture('segment-track'),
  readPartnerFixture('segment-identify'),
];

/** Which events are sent, in an order and with repetitions, and how many come in one batch. */
const plans = fc.record({
  order: fc.shuffledSubarray([...events.keys()], { minLength: events.length, maxLength: events.length }),
  again: fc.array(fc.nat(events.length - 1), { maxLength: 6 }),
  batch: fc.integer({ min: 1, max: 4 }),
  last: fc.array(fc.nat(99), { minLength: 40, maxLength: 40 }),
});
type Plan = typeof plans extends fc.Arbitrary<infer T> ? T : never;

/** Returns the facts of a lead, or of the one that it was merged into in the end. */
const findFacts = async (world: ScoringWorld, leadId: string): Promise<unknown> => {
  const found = await loadLead(world, leadId);
  if (found?.status === 'merged') return findFacts(world, found.mergedInto);
  return found?.status === 'erased' ? undefined : found?.facts;
};

/** Takes in what a plan sends, and returns the facts of the leads of each event. */
const run = async ({ order, again, batch, last }: Plan) => {
  const scoring = createScoringWorld({ now: () => Date.parse('2026-03-07T00:00:00.000Z') });
  const world = createPartnerWorld({ client: scoring.stores.client, whenTwoMeet: 'merge' });
  const sent = [...order, ...again];
  for (let i = 0; i < sent.length; i += batch) {
    const before = world.taken.length;
    const answer = await world.take(...sent.slice(i, i + batch).map((index) => events[index]));
    expect(answer.batchItemFailures).toEqual([]);
    const put = world.taken.slice(before);
    // The bus has no order either.
    const shuffled = put.toSorted(
      (a, b) => (last[put.indexOf(a) % 40] ?? 0) - (last[put.indexOf(b) % 40] ?? 0),
    );
    await deliver(scoring, ...shuffled);
  }
  return { scoring, world };
};

const eventKey = ({ detail }: BusEvent): string => detail.metadata.eventId;

/** Returns the facts of the lead of each event, by the event's id, which doesn't depend on the lead. */
const factsByEvent = async ({ scoring, world }: Awaited<ReturnType<typeof run>>) => {
  const facts = new Map<string, unknown>();
  for (const event of world.taken) {
    if (event['detail-type'] === 'LeadIdentified' || event['detail-type'] === 'LeadsMerged') continue;
    facts.set(eventKey(event), await findFacts(scoring, (event.detail.data as { leadId: string }).leadId));
  }
  return facts;
};

const inOrder = { order: [...events.keys()], again: [], batch: 1, last: Array.from({ length: 40 }, () => 0) };

describe('events of partner buses', () => {
  it('I3 give the same facts in whatever order and however often they come', async () => {
    const expected = await factsByEvent(await run(inOrder));
    expect(expected.size).toBeGreaterThan(10);
    expect([...expected.values()]).not.toContain(undefined);
    const { seed } = seeded();
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        expect(await factsByEvent(await run(plan))).toEqual(expected);
      }),
      { seed, numRuns: 25 },
    );
  });

  it('I1 become the same events, and the same things are kept', async () => {
    const ids = async (plan: Plan) => {
      const { world } = await run(plan);
      const own = world.taken.filter(
        (event) => !['LeadIdentified', 'LeadsMerged'].includes(event['detail-type']),
      );
      return [new Set(own.map(eventKey)), new Set(world.quarantined.map(({ body }) => body))];
    };
    const expected = await ids(inOrder);
    const { seed } = seeded();
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        expect(await ids(plan)).toEqual(expected);
      }),
      { seed, numRuns: 10 },
    );
  });
});
