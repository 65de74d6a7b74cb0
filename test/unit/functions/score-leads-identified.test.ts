import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { createDynamoDbEraser } from '../../../shared/ledger/index.ts';
import { createScoringWorld, deliver, loadLead, rejectionCodes } from '../../support/deliveries.ts';
import { buildEntry } from '../../support/events.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const key = 'Zm9vYmFyYmF6cXV4cXV1eA';
const identified = buildEntry({
  type: 'LeadIdentified',
  data: { leadId: 'l-1', identifiers: [{ type: 'email', key }] },
  id: 'LeadIdentified:1',
});
const createWorld = () => createScoringWorld({ model: compileDocument(smallDocument()) });

describe('LeadIdentified', () => {
  it('alone gives a subscriber without a tier, of whom nothing is known', async () => {
    const world = createWorld();
    await deliver(world, identified);
    expect(rejectionCodes(world)).toEqual([]);
    expect(await loadLead(world, 'l-1')).toMatchObject({
      version: 1,
      stage: 'subscriber',
      tier: 'none',
      action: { kind: 'none' },
      facts: { attributes: {}, answers: {}, activities: {}, outcomes: {} },
    });
  });

  it('adds nothing to what is known, and is recorded once', async () => {
    const world = createWorld();
    const profile = buildEntry({
      type: 'LeadProfileUpdated',
      data: { leadId: 'l-1', attributes: { seniority: 'executive' } },
      id: 'profile',
    });
    await deliver(world, profile);
    const before = await loadLead(world, 'l-1');
    await deliver(world, identified, identified);
    const after = await loadLead(world, 'l-1');
    expect(after).toEqual({ ...before, version: 2, head: expect.any(String) });
    expect((await world.findEntries('l-1')).map(({ type }) => type).toSorted()).toEqual([
      'LeadIdentified',
      'LeadProfileUpdated',
    ]);
  });

  it('I10: leaves no key behind when its lead is erased', async () => {
    const world = createWorld();
    await deliver(world, identified);
    const stored = async () =>
      JSON.stringify(await world.stores.client.send(new ScanCommand({ TableName: 'leads' })));
    expect(await stored()).toContain(key);
    await deliver(world, buildEntry({ type: 'LeadErasureRequested', data: { leadId: 'l-1' }, id: 'erase' }));
    await createDynamoDbEraser({ client: world.stores.client, table: 'leads' }).eraseEntries('l-1');
    expect(await stored()).not.toContain(key);
    await deliver(world, buildEntry({ ...lateInput, id: 'late' }));
    expect(await stored()).not.toContain(key);
  });
});

const lateInput = {
  type: 'LeadIdentified',
  data: { leadId: 'l-1', identifiers: [{ type: 'hubspot', key }] },
} as const;
