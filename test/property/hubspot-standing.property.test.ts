import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpSender } from '../../shared/deliveries/index.ts';
import {
  type AnnouncementInput,
  announceDelivery,
  answered,
  createDeliveryWorld,
  subscribe,
} from '../support/delivering.ts';
import { seeded } from '../support/seed.ts';

const leadTypes = ['LeadTierChanged', 'LeadStageTransitioned'] as const;
const types = [...leadTypes, 'HandoffRequested', 'NurtureStarted'] as const;

const announcement: fc.Arbitrary<AnnouncementInput & { readonly version: number }> = fc.record({
  type: fc.constantFrom(...types),
  leadId: fc.constantFrom('hubspot:1', 'hubspot:2'),
  version: fc.integer({ min: 1, max: 9 }),
});

/** Announcements in the order in which they come. After some of them, what is due is sent. */
const arrivals = fc.uniqueArray(fc.tuple(announcement, fc.boolean()), {
  minLength: 1,
  maxLength: 12,
  selector: ([input]) => JSON.stringify(input),
});

/** Creates HubSpot as a map of what its contacts have. */
const createContacts = () => {
  const contacts = new Map<string, Record<string, string>>();
  const send: HttpSender['send'] = async ({ body }) => {
    const { inputs } = JSON.parse(body) as { inputs: { id: string; properties: Record<string, string> }[] };
    for (const { id, properties } of inputs) contacts.set(id, { ...contacts.get(id), ...properties });
    const results = inputs.map(({ id }, i) => ({ id, objectWriteTraceId: `${i}` }));
    return { ...answered(200), body: JSON.stringify({ results }) } as Awaited<ReturnType<HttpSender['send']>>;
  };
  return { contacts, sender: { send, close: () => undefined } };
};

const isOfLead = ({ type }: AnnouncementInput): boolean => leadTypes.some((each) => each === type);

describe('a contact of HubSpot', () => {
  it('I18 has the newest standing of its lead in the end, in whatever order announcements of all strands come', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async (given) => {
        const { contacts, sender } = createContacts();
        const target = { kind: 'hubspot', record: { leadIdPrefix: 'hubspot:' } } as const;
        const world = createDeliveryWorld({
          subscriptions: [subscribe({ events: [...types], target })],
          sender,
        });
        for (const [input, isSent] of given) {
          await world.plan(announceDelivery({ ...input, data: { score: input.version } }));
          if (isSent) await world.send();
        }
        await world.pass(2);
        expect(world.all().filter(({ state }) => state === 'waiting')).toEqual([]);
        for (const id of ['1', '2']) {
          const versions = given
            .filter(([input]) => input.leadId === `hubspot:${id}` && isOfLead(input))
            .map(([{ version }]) => version);
          const newest = versions.length === 0 ? undefined : `${Math.max(...versions)}`;
          expect(contacts.get(id)?.sluice_score).toBe(newest);
        }
      }),
      { ...seeded(), numRuns: 200 },
    );
  });
});
