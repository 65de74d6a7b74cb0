import { describe, expect, it } from 'vitest';
import type { BusEvent } from '../../../events/index.ts';
import { parseInbound } from '../../../events/index.ts';
import { checkIdentifier } from '../../../shared/identity/index.ts';
import { createIdentityWorld, paidAt, requestOf } from '../../support/identity-world.ts';

const summary = (events: readonly BusEvent[]) =>
  events.map((event) => {
    const { leadId, mergedLeadId } = event.detail.data as { leadId: string; mergedLeadId?: string };
    return [event['detail-type'], leadId, ...(mergedLeadId === undefined ? [] : [mergedLeadId])];
  });

const pairsOf = ({ client }: ReturnType<typeof createIdentityWorld>) =>
  client.memory
    .items('identities')
    .filter(({ pk }) => pk?.S === 'PAIRS')
    .map(({ sk, status, types }) => [sk?.S, status?.S, types?.S]);

describe('an identifier', () => {
  it('is refused if it is empty or too long, or if its type has no such form', () => {
    const problemOf = (type: string, value: string) => checkIdentifier({ type, value }, 'identity[0]');
    expect(problemOf('email', ' \t ')).toMatchObject({ path: 'identity[0]', given: '" \\t "' });
    expect(problemOf('hubspot', 'x'.repeat(513))?.allowed).toContain('at most 512');
    expect(problemOf('hubspot', '\ud800')?.allowed).toContain('well-formed');
    expect(problemOf('a:b', '1')?.allowed).toContain('beginning with a letter');
    expect(problemOf('hubspot', 'x'.repeat(512))).toBeUndefined();
  });

  it('that was not checked is refused without being quoted', async () => {
    const { identities } = createIdentityWorld();
    await expect(identities.resolve(requestOf(['email:']))).rejects.toThrow('not empty');
    await expect(identities.resolve(requestOf([]))).rejects.toThrow('no identifier given');
    const many = Array.from({ length: 21 }, (_, i) => `email:ann${i}@x.example`);
    await expect(identities.resolve(requestOf(many))).rejects.toThrow('at most 20');
    const long = `email:${'ann'.repeat(200)}`;
    await expect(identities.resolve(requestOf([long]))).rejects.not.toThrow('annann');
  });

  it('is the same in any case and composition if it is an e-mail address, and exact otherwise', async () => {
    const { settle } = createIdentityWorld();
    const ann = await settle(['email:Zoe\u0301@X.example']);
    expect((await settle(['email: zo\u00e9@x.EXAMPLE '])).leadId).toBe(ann.leadId);
    const first = await settle(['hubspot:aB']);
    expect((await settle(['hubspot:ab'])).leadId).not.toBe(first.leadId);
    expect((await settle(['segment:aB'])).leadId).not.toBe(first.leadId);
  });

  it('is stored nowhere as it is', async () => {
    const { settle, client } = createIdentityWorld();
    await settle(['hubspot:12345678', 'email:ann@x.example']);
    const stored = JSON.stringify(client.memory.items('identities'));
    expect(stored).not.toContain('ann@');
    expect(stored).not.toContain('12345678');
  });
});

describe('a new person', () => {
  it('gets a lead id that follows from the strongest identifier, and an event with all of them', async () => {
    const world = createIdentityWorld();
    const { leadId, events } = await world.settle(['hubspot:1', 'email:ann@x.example']);
    expect(leadId).toMatch(/^p-[A-Za-z0-9_-]{22}$/);
    expect(summary(events)).toEqual([['LeadIdentified', leadId]]);
    const [event] = events;
    expect(event).toMatchObject({ source: 'segment', time: paidAt });
    const parsed = parseInbound(event, Date.parse(paidAt));
    expect(parsed).toMatchObject({
      ok: true,
      event: { data: { identifiers: [{ type: 'hubspot' }, { type: 'email' }] } },
    });
    expect((await createIdentityWorld().settle(['hubspot:1'])).leadId).toBe(leadId);
  });

  it('is only looked up without `create`: nothing is stored', async () => {
    const world = createIdentityWorld();
    const { leadId, events } = await world.settle(['email:ann@x.example'], { create: false });
    expect(events).toEqual([]);
    expect(world.client.memory.items('identities')).toEqual([]);
    expect((await world.settle(['email:ann@x.example'])).leadId).toBe(leadId);
  });
});

describe('a known person', () => {
  it('is found by any identifier, and a new one is linked', async () => {
    const { settle } = createIdentityWorld();
    const { leadId } = await settle(['email:ann@x.example']);
    const { events, ...next } = await settle(['hubspot:1', 'email:ann@x.example']);
    expect(next.leadId).toBe(leadId);
    expect(summary(events)).toEqual([['LeadIdentified', leadId]]);
    expect(await settle(['hubspot:1'])).toMatchObject({ leadId, events: [] });
  });

  it('is announced again until it is confirmed, by the same event', async () => {
    const { identities, settle } = createIdentityWorld();
    const { events } = await identities.resolve(requestOf(['hubspot:1', 'email:ann@x.example']));
    const again = await settle(['email:ann@x.example'], {
      at: '2026-03-02T09:00:00.000Z',
      source: 'hubspot',
    });
    expect(again.events).toEqual(events);
    expect((await settle(['hubspot:1'])).events).toEqual([]);
  });
});

describe('a merge that the bus did not take', () => {
  it('is sent again by a payload with one of its identifiers, until it is confirmed', async () => {
    const { identities, settle } = createIdentityWorld();
    await settle(['anonymous:device']);
    await settle(['email:a@example.com']);
    const both = await identities.resolve(requestOf(['email:a@example.com', 'anonymous:device']));
    const merge = both.events.find((event) => event['detail-type'] === 'LeadsMerged');
    expect(merge).toBeDefined();
    const later = await settle(['anonymous:device']);
    expect(later.events).toEqual([merge]);
    expect((await identities.resolve(requestOf(['anonymous:device']))).events).toEqual([]);
  });
});

describe('an anonymous identifier', () => {
  it('becomes known with the first person who uses it', async () => {
    const { settle } = createIdentityWorld();
    const { leadId } = await settle(['anonymous:1']);
    const { events, ...known } = await settle(['email:ann@x.example', 'anonymous:1']);
    expect(known.leadId).toBe(leadId);
    expect(summary(events)).toEqual([['LeadIdentified', leadId]]);
    expect((await settle(['email:ann@x.example'])).leadId).toBe(leadId);
  });

  it('is merged into a person who is known already, who survives', async () => {
    const world = createIdentityWorld();
    const ann = await world.settle(['email:ann@x.example']);
    const visitor = await world.settle(['anonymous:1']);
    const { leadId, events } = await world.settle(['anonymous:1', 'email:ann@x.example']);
    expect(leadId).toBe(ann.leadId);
    expect(summary(events)).toEqual([['LeadsMerged', ann.leadId, visitor.leadId]]);
    expect(await world.settle(['anonymous:1', 'email:ann@x.example'])).toMatchObject({ leadId, events: [] });
  });

  it('of a shared computer makes no two people one: the second is a new lead, and a pair is suggested', async () => {
    const world = createIdentityWorld();
    const ann = await world.settle(['email:ann@x.example', 'anonymous:1']);
    const bob = await world.settle(['email:bob@x.example', 'anonymous:1']);
    expect(bob.leadId).not.toBe(ann.leadId);
    expect(summary(bob.events)).toEqual([['LeadIdentified', bob.leadId]]);
    expect(pairsOf(world)).toEqual([
      [[ann.leadId, bob.leadId].toSorted().join('~'), 'suggested', '["anonymous"]'],
    ]);
  });

  it('of a shared computer suggests one pair, however many use it', async () => {
    const world = createIdentityWorld();
    for (const name of ['ann', 'bob', 'cem', 'dia'])
      await world.settle([`email:${name}@x.example`, 'anonymous:1'], { whenTwoMeet: 'suggest' });
    expect(pairsOf(world)).toHaveLength(1);
  });

  it('merges two people if the policy says so, but no third', async () => {
    const world = createIdentityWorld();
    const [ann, bob, cem] = [
      await world.settle(['email:ann@x.example', 'anonymous:1'], { whenTwoMeet: 'merge' }),
      await world.settle(['email:bob@x.example', 'anonymous:1'], { whenTwoMeet: 'merge' }),
      await world.settle(['email:cem@x.example', 'anonymous:1'], { whenTwoMeet: 'merge' }),
    ];
    expect(summary(bob.events)).toEqual([
      ['LeadIdentified', bob.leadId],
      ['LeadsMerged', bob.leadId, ann.leadId],
    ]);
    expect(summary(cem.events)).toEqual([['LeadIdentified', cem.leadId]]);
  });

  it('never merges somebody known after it was merged into a person', async () => {
    const world = createIdentityWorld();
    await world.settle(['email:ann@x.example']);
    await world.settle(['anonymous:1']);
    await world.settle(['email:ann@x.example', 'anonymous:1']);
    const bob = await world.settle(['email:bob@x.example', 'anonymous:1']);
    expect(summary(bob.events)).toEqual([['LeadIdentified', bob.leadId]]);
    expect(pairsOf(world).map(([, status]) => status)).toEqual(
      expect.arrayContaining(['merged', 'suggested']),
    );
  });
});

describe('two known people who share an identifier', () => {
  const createPair = async () => {
    const world = createIdentityWorld();
    const ann = await world.settle(['email:ann@x.example']);
    const crm = await world.settle(['hubspot:1', 'email:ann@work.example']);
    return { world, ann: ann.leadId, crm: crm.leadId, names: ['hubspot:1', 'email:ann@x.example'] };
  };

  it('are noted as a pair, once, and the payload is about the strongest', async () => {
    const { world, ann, crm, names } = await createPair();
    expect(await world.settle(names)).toMatchObject({ leadId: crm, events: [] });
    expect(await world.settle(names)).toMatchObject({ leadId: crm, events: [] });
    expect(pairsOf(world)).toEqual([[[ann, crm].toSorted().join('~'), 'suggested', '["email"]']]);
    expect(await world.settle(['email:ann@x.example'])).toMatchObject({ leadId: ann });
  });

  it('are merged if the policy says so, once, also after it was only suggested', async () => {
    const { world, ann, crm, names } = await createPair();
    await world.settle(names);
    const merge = { whenTwoMeet: 'merge' as const };
    expect(summary((await world.settle(names, merge)).events)).toEqual([['LeadsMerged', crm, ann]]);
    expect((await world.settle(names, merge)).events).toEqual([]);
    expect(pairsOf(world).map(([, status]) => status)).toEqual(['merged']);
    // The links stay as they are: Sluice redirects what is about the merged lead.
    expect(await world.settle(['email:ann@x.example'])).toMatchObject({ leadId: ann, events: [] });
  });

  it('are no pair if somebody has merged them, or if one is erased', async () => {
    const merged = await createPair();
    merged.world.putState(merged.ann, 'merged', merged.crm);
    await merged.world.settle(merged.names);
    expect(pairsOf(merged.world)).toEqual([]);
    const erased = await createPair();
    erased.world.putState(erased.ann, 'erased');
    await erased.world.settle(erased.names);
    expect(pairsOf(erased.world)).toEqual([]);
  });
});

describe('a lead that a single id of a tool names', () => {
  const form = ['email:ann@x.example'];
  const change = ['hubspot:1'];
  const address = ['hubspot:1', 'email:ann@x.example'];
  const orders = [form, change, address].flatMap((first, i, all) => {
    const others = all.filter((_, j) => j !== i);
    return [others, others.toReversed()].map((rest) => [first, ...rest]);
  });

  it.each(orders)('is whoever has the address, whatever comes first: %j, %j, %j', async (...order) => {
    const world = createIdentityWorld();
    for (const names of order) await world.settle(names);
    const { mergedInto } = Object.fromEntries(
      world.client.memory.items('identities').flatMap((item) => Object.entries(item)),
    );
    const leads = new Set(
      (await Promise.all([form, change].map((names) => world.settle(names)))).map(({ leadId }) => leadId),
    );
    expect(leads.size).toBe(mergedInto === undefined ? 1 : 2);
    if (mergedInto !== undefined) expect(leads).toContain(mergedInto.S);
    expect(pairsOf(world).filter(([, status]) => status !== 'merged')).toEqual([]);
  });

  it('is merged into the one that is known by more', async () => {
    const world = createIdentityWorld();
    const known = await world.settle(form);
    const visitor = await world.settle(change);
    const { events } = await world.settle(address);
    expect(summary(events)).toEqual([['LeadsMerged', known.leadId, visitor.leadId]]);
  });

  it.each<[string, string[][]]>([
    ['it has an address of its own', [['hubspot:1', 'email:bob@x.example'], form, address]],
    ['it got a second id', [change, ['hubspot:1', 'segment:u'], form, address]],
    [
      'a shared device alone brings them together',
      [['email:ann@x.example', 'anonymous:1'], ['hubspot:1'], ['hubspot:1', 'anonymous:1']],
    ],
  ])('is only suggested if %s', async (_, payloads) => {
    const world = createIdentityWorld();
    for (const names of payloads) await world.settle(names);
    expect(pairsOf(world).map(([, status]) => status)).toEqual(['suggested']);
  });
});
