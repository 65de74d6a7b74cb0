import { describe, expect, it } from 'vitest';
import { createIdentities } from '../../../shared/identity/index.ts';
import { createIntake } from '../../../shared/intake/index.ts';
import { createDynamoDbQuarantine } from '../../../shared/quarantine/index.ts';
import { now } from '../../support/events.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { createRecordingBus } from '../../support/recording-bus.ts';
import { buildSource } from '../../support/webhooks.ts';

const source = buildSource('hubspot', {
  mapping: {
    source: 'hubspot',
    identity: {
      identifiers: [
        { type: 'hubspot', path: 'id' },
        { type: 'email', path: 'email' },
      ],
      whenTwoMeet: 'suggest',
    },
    blank: [],
    events: [{ type: 'LeadActivityRecorded', activity: { fixed: 'page_visited' } }],
  },
});

const payload = (recordId: string, content: object) => ({
  name: 'change',
  recordId,
  occurredAt: new Date(now - 1_000).toISOString(),
  content,
});
const form = payload('form', { email: 'ann@x.example' });
const change = payload('change', { id: '1' });
const address = payload('address', { id: '1', email: 'ann@x.example' });

/** Takes in requests, and returns the leads that are left, and how many were merged. */
const takeAll = async (...requests: readonly (readonly ReturnType<typeof payload>[])[]) => {
  const client = memoryClient({ tables: { identities: [], leads: [], quarantine: [] } });
  const taken: Parameters<typeof createRecordingBus>[0] = [];
  const intake = createIntake({
    identities: createIdentities({
      client,
      table: 'identities',
      leadsTable: 'leads',
      key: async () => 'the identity key of the tests',
      now: () => now,
    }),
    bus: createRecordingBus(taken),
    quarantine: createDynamoDbQuarantine(client, 'quarantine'),
    now: () => now,
  });
  for (const payloads of requests) await intake.take(source, payloads);
  const merged = taken.filter((event) => event['detail-type'] === 'LeadsMerged');
  const gone = merged.map(({ detail }) => (detail.data as { mergedLeadId: string }).mergedLeadId);
  const leads = new Set(taken.map(({ detail }) => (detail.data as { leadId: string }).leadId));
  const pairs = client.memory.items('identities').filter(({ status }) => status?.S === 'suggested');
  return {
    people: [...leads].filter((id) => !gone.includes(id)).length,
    merged: gone.length,
    pairs: pairs.length,
  };
};

describe('several payloads about one person', () => {
  it.each([
    ['the address first', [address, change]],
    ['the address last', [change, address]],
  ])('are about the lead that is known by its address, in one request: %s', async (_, payloads) => {
    expect(await takeAll([form], payloads)).toEqual({ people: 1, merged: 0, pairs: 0 });
  });

  it('are about that lead too in two requests, the address first', async () => {
    expect(await takeAll([form], [address], [change])).toEqual({ people: 1, merged: 0, pairs: 0 });
  });

  it('become that lead in two requests, the address last', async () => {
    expect(await takeAll([form], [change], [address])).toEqual({ people: 1, merged: 1, pairs: 0 });
  });
});
