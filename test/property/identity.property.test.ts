import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusEvent } from '../../events/index.ts';
import type { ResolveRequest } from '../../shared/identity/index.ts';
import { createIdentityWorld, type IdentityWorld, requestOf } from '../support/identity-world.ts';
import { seeded } from '../support/seed.ts';

const names = [
  'email:a@x.example',
  'email:b@x.example',
  'hubspot:1',
  'hubspot:2',
  'anonymous:1',
  'anonymous:2',
  'anonymous:3',
];

/** Numbers that say how long each command of a payload is delayed, and at which command it crashes. */
const payload = fc.record({
  names: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 4 }),
  isMerge: fc.boolean(),
  delays: fc.array(fc.nat(6), { minLength: 8, maxLength: 8 }),
  crashAt: fc.option(fc.nat(7), { nil: undefined }),
  isDoneBefore: fc.boolean(),
});
type Payload = typeof payload extends fc.Arbitrary<infer T> ? T : never;

const plans = fc.record({
  rounds: fc.array(fc.array(payload, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
});

/** Returns a plan with addresses in place of the ids of a tool. */
const byAddresses = ({ rounds }: { rounds: Payload[][] }) => ({
  rounds: rounds.map((round) =>
    round.map((one) => ({ ...one, names: one.names.map((name) => name.replace('hubspot:', 'email:h')) })),
  ),
});

class Crash extends Error {}

const requestFor = ({ names: given, isMerge }: Payload, mayMerge: boolean): ResolveRequest =>
  requestOf(given, { whenTwoMeet: isMerge && mayMerge ? 'merge' : 'suggest' });

interface Run {
  readonly published: BusEvent[];
  readonly leads: Map<string, Set<string>>;
}

/** Resolves a payload with delays, and crashes at one of its commands, before it is carried out or after. */
const attempt = async (
  world: IdentityWorld,
  { published, leads }: Run,
  request: ResolveRequest,
  { delays, crashAt, isDoneBefore }: Payload,
): Promise<void> => {
  let sent = 0;
  const identities = world.through(async (send) => {
    const nth = sent++;
    for (let i = 0; i < (delays[nth % delays.length] ?? 0); i++) await Promise.resolve();
    if (nth !== crashAt) return send();
    if (isDoneBefore) await send();
    throw new Crash();
  });
  try {
    const { leadId, events, confirm } = await identities.resolve(request);
    const name = JSON.stringify(request.identifiers);
    leads.set(name, (leads.get(name) ?? new Set()).add(leadId));
    published.push(...events);
    await confirm();
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
};

const calm = { delays: [0], crashAt: undefined, isDoneBefore: false };

const itemsOf = ({ client }: IdentityWorld, prefix: string, sk: string) =>
  client.memory.items('identities').filter(({ pk, sk: key }) => pk?.S?.startsWith(prefix) && key?.S === sk);

const linksOf = (world: IdentityWorld): Map<string, string> =>
  new Map(itemsOf(world, 'ID#', 'LEAD').map(({ pk, leadId }) => [pk?.S ?? '', leadId?.S ?? '']));

const typeOf = (event: BusEvent): string => event['detail-type'];
const dataOf = (event: BusEvent) =>
  event.detail.data as { leadId: string; mergedLeadId?: string; identifiers?: { key: string }[] };

/** Runs a plan, and then every payload again until nothing is left to announce, which takes few rounds. */
const run = async (plan: { rounds: Payload[][] }, mayMerge: boolean) => {
  const world = createIdentityWorld();
  const result: Run = { published: [], leads: new Map() };
  const requests = plan.rounds.flat().map((one) => requestFor(one, mayMerge));
  const before = new Map<string, string>();
  for (const round of plan.rounds) {
    await Promise.all(round.map((one) => attempt(world, result, requestFor(one, mayMerge), one)));
    for (const [hash, leadId] of linksOf(world)) {
      expect(before.get(hash) ?? leadId).toBe(leadId);
      before.set(hash, leadId);
    }
  }
  const resolveAll = async () => {
    for (const request of requests)
      await attempt(world, result, request, { names: [], isMerge: false, ...calm });
  };
  // A merge may be what another payload lacked to show who a device belongs to, and each takes one lead away.
  const mostRounds = names.length + 1;
  for (let round = 1, settled = -1; settled < result.published.length; round++) {
    expect(round).toBeLessThanOrEqual(mostRounds + 1);
    settled = result.published.length;
    await resolveAll();
  }
  return { world, ...result, before };
};

const uniqueEvents = (published: readonly BusEvent[]): BusEvent[] => {
  const byId = new Map<string, BusEvent>();
  for (const event of published) {
    const { eventId } = event.detail.metadata as { eventId: string };
    expect(byId.get(eventId) ?? event).toEqual(event);
    byId.set(eventId, event);
  }
  return [...byId.values()];
};

describe('I3, I7: identities', () => {
  it('never change a link, give a payload one lead, and announce each link and merge once', () =>
    fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const { world, published, leads, before } = await run(plan, true);
        const links = linksOf(world);
        for (const [hash, leadId] of before) expect(links.get(hash)).toBe(leadId);
        for (const found of leads.values()) expect(found.size).toBe(1);
        const events = uniqueEvents(published);
        const announced = events
          .filter((event) => typeOf(event) === 'LeadIdentified')
          .flatMap((event) =>
            (dataOf(event).identifiers ?? []).map(({ key }) => [`ID#${key}`, dataOf(event).leadId]),
          );
        expect(announced.toSorted()).toEqual([...links].toSorted());
        const merges = events
          .filter((event) => typeOf(event) === 'LeadsMerged')
          .map((event) => [`LEAD#${dataOf(event).mergedLeadId}`, dataOf(event).leadId]);
        const merged = itemsOf(world, 'LEAD#', 'LEAD').flatMap(({ pk, mergedInto }) =>
          mergedInto?.S === undefined ? [] : [[pk?.S ?? '', mergedInto.S]],
        );
        expect(merges.toSorted()).toEqual(merged.toSorted());
      }),
      { ...seeded(), numRuns: 300 },
    ));

  it('never merge two people who are both known by an address, unless the policy says so', () =>
    fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const { world } = await run(byAddresses(plan), false);
        const into = new Map(
          itemsOf(world, 'LEAD#', 'LEAD').flatMap(({ pk, mergedInto }) =>
            mergedInto?.S === undefined ? [] : [[pk?.S?.slice('LEAD#'.length) ?? '', mergedInto.S]],
          ),
        );
        const personOf = (leadId: string): string => {
          const next = into.get(leadId);
          return next === undefined ? leadId : personOf(next);
        };
        const known = new Set(
          itemsOf(world, 'ID#', 'LEAD').flatMap(({ leadId, anonymous }) =>
            anonymous === undefined ? [leadId?.S ?? ''] : [],
          ),
        );
        const people = [...known].map(personOf);
        expect(new Set(people).size).toBe(people.length);
        for (const { pk, onlyAnonymous } of itemsOf(world, 'LEAD#', 'LEAD'))
          if (onlyAnonymous !== undefined) expect(people).not.toContain(pk?.S?.slice('LEAD#'.length));
      }),
      { ...seeded(), numRuns: 300 },
    ));
});
