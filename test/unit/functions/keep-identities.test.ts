import { describe, expect, it } from 'vitest';
import { outboundContracts } from '../../../events/index.ts';
import { keepIdentities } from '../../../functions/keep-identities/keep-identities.ts';
import { createIdentityEraser } from '../../../shared/identity/index.ts';
import { createDynamoDbErasureReader } from '../../../shared/ledger/index.ts';
import { buildBatch, failedIds } from '../../support/deliveries.ts';
import { createIdentityWorld, type IdentityWorld, requestOf } from '../../support/identity-world.ts';

const erased = (leadId: string) => {
  const { metadata, data } = outboundContracts.LeadErased.sampleEvent.detail;
  return { source: 'sluice', 'detail-type': 'LeadErased', detail: { metadata, data: { ...data, leadId } } };
};

const createWorld = () => {
  const world = createIdentityWorld();
  const { client } = world;
  const keep = keepIdentities({
    leads: createDynamoDbErasureReader({ client, table: 'leads' }),
    identities: createIdentityEraser({ client, table: 'identities' }),
  });
  return { ...world, keep };
};

const keysOf = ({ client }: IdentityWorld): string[] =>
  client.memory.items('identities').map(({ pk, sk }) => `${pk?.S} ${sk?.S}`);

const marks = (...leadIds: readonly string[]): string[] => leadIds.map((leadId) => `LEAD#${leadId} LEAD`);

describe('keep-identities', () => {
  it('removes the identifiers and pairs of an erased lead, and leaves those of others', async () => {
    const world = createWorld();
    const ann = await world.settle(['hubspot:1', 'email:ann@x.example']);
    const bob = await world.settle(['email:bob@x.example']);
    await world.settle(['hubspot:1', 'email:bob@x.example']);
    world.putState(ann.leadId, 'erased');
    expect(failedIds(await world.keep(buildBatch(erased(ann.leadId))))).toEqual([]);
    const left = keysOf(world);
    expect(left.filter((key) => key.includes(ann.leadId))).toEqual(marks(ann.leadId));
    expect(left.filter((key) => key.startsWith('ID#'))).toHaveLength(1);
    expect((await world.settle(['email:bob@x.example'])).leadId).toBe(bob.leadId);
  });

  it('changes nothing when an announcement comes again', async () => {
    const world = createWorld();
    const { leadId } = await world.settle(['hubspot:1', 'email:ann@x.example']);
    world.putState(leadId, 'erased');
    await world.keep(buildBatch(erased(leadId)));
    // By now the address is that of somebody who is new.
    const next = await world.settle(['email:ann@x.example']);
    await world.keep(buildBatch(erased(leadId), erased(leadId)));
    expect((await world.settle(['email:ann@x.example'])).leadId).toBe(next.leadId);
  });

  it('removes the identifiers of leads that were merged into it', async () => {
    const world = createWorld();
    const kept = await world.settle(['email:ann@x.example']);
    const gone = await world.settle(['hubspot:1']);
    world.putState(kept.leadId, 'erased');
    world.putState(gone.leadId, 'merged', kept.leadId);
    world.client.memory.operations.PutItem({
      TableName: 'leads',
      Item: {
        pk: { S: `LEAD#${kept.leadId}` },
        sk: { S: 'EVENT#2026-03-01T09:00:00.000Z#m-1' },
        type: { S: 'LeadsMerged' },
        other: { S: gone.leadId },
        commitment: { S: 'erased' },
      },
    } as never);
    await world.keep(buildBatch(erased(kept.leadId)));
    expect(keysOf(world).toSorted()).toEqual(marks(gone.leadId, kept.leadId).toSorted());
  });

  it('removes nothing of a lead that is not erased, whatever is announced', async () => {
    const world = createWorld();
    const { leadId } = await world.settle(['email:ann@x.example']);
    const before = keysOf(world);
    await world.keep(buildBatch(erased(leadId)));
    expect(keysOf(world)).toEqual(before);
  });

  it('retries a record that fails, and no other', async () => {
    const world = createWorld();
    const { leadId } = await world.settle(['email:ann@x.example']);
    world.putState(leadId, 'erased');
    const answer = await world.keep(buildBatch('no JSON', erased(leadId)));
    expect(failedIds(answer)).toEqual(['m-0']);
    expect(keysOf(world)).toEqual(marks(leadId));
  });

  it('I10: nothing is linked to an erased lead any more, before the removal and after it', async () => {
    const world = createWorld();
    const { leadId } = await world.settle(['email:ann@x.example']);
    world.putState(leadId, 'erased');
    const before = keysOf(world);
    const late = await world.identities.resolve(requestOf(['email:ann@x.example', 'hubspot:1']));
    expect(late).toMatchObject({ leadId, events: [] });
    expect(keysOf(world)).toEqual(before);
    await world.keep(buildBatch(erased(leadId)));
    const later = await world.identities.resolve(requestOf(['email:ann@x.example', 'hubspot:1']));
    expect(later).toMatchObject({ leadId, events: [] });
    expect(keysOf(world)).toEqual(marks(leadId));
  });

  it('I10: nothing is linked by a request that read the lead before it was erased', async () => {
    const world = createWorld();
    const { leadId } = await world.settle(['email:ann@x.example']);
    let commands = 0;
    const slow = world.through(async (send) => {
      if (commands++ === 3) {
        world.putState(leadId, 'erased');
        await world.keep(buildBatch(erased(leadId)));
      }
      return send();
    });
    await slow.resolve(requestOf(['email:ann@x.example', 'hubspot:1']));
    expect(keysOf(world).filter((key) => key.includes(leadId))).toEqual(marks(leadId));
  });
});
