import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outboundContracts, sluiceSource } from '../../events/index.ts';
import { eraseLead } from '../../functions/erase-lead/erase-lead.ts';
import { handOff } from '../../functions/hand-off/hand-off.ts';
import { createPrepareBrief } from '../../functions/hand-off/prepare-brief.ts';
import { leadAnnouncements } from '../../functions/publish-changes/lead-announcements.ts';
import { scoreLeads } from '../../functions/score-leads/score-leads.ts';
import type { Item } from '../../shared/dynamodb/index.ts';
import { createDynamoDbFollowUps } from '../../shared/follow-ups/index.ts';
import { isEntrySortKey } from '../../shared/keys/index.ts';
import { createDynamoDbEraser, createDynamoDbLedger, hashItem } from '../../shared/ledger/index.ts';
import { createFixedModels } from '../../shared/model-store/index.ts';
import { createDynamoDbQuarantine } from '../../shared/quarantine/index.ts';
import { buildBatch, failedIds } from '../support/deliveries.ts';
import { type DynamoDb, startDynamoDb } from '../support/engine.ts';
import { buildEntry, now } from '../support/events.ts';
import { readPlainPolicy } from '../support/handoffs.ts';
import { successReady } from '../support/models.ts';

let dynamoDb: DynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb?.stop());

let count = 0;
let id = '';
beforeEach(() => {
  id = `erased-${++count}`;
});

/** The policy by which the request of a hand-off has a personal attribute. */
const handoffs = { attributes: ['city'] };

/** The texts that must be nowhere after an erasure; each is in one kind of event. */
const words = {
  attribute: 'Oslo-attribute',
  property: 'page-property',
  reason: 'reason-of-the-stage',
  actor: 'ann-who-answered',
  verdict: 'because-they-said-so',
  poison: 'poison-value',
  correlation: 'visit-of-ann',
};

const world = () => {
  const { client, leads, quarantine: quarantineTable } = dynamoDb;
  const quarantine = createDynamoDbQuarantine(client, quarantineTable);
  const followUps = createDynamoDbFollowUps(client, leads);
  const ledger = createDynamoDbLedger({ client, table: leads });
  const deps = { ledger, quarantine, model: successReady(), now: () => now };
  const score = scoreLeads({ ...deps, models: createFixedModels(deps.model), wait: async () => {} });
  const document = { ...deps.model.document, policy: { ...deps.model.document.policy, handoffs } };
  const sales = handOff({
    followUps,
    readPolicy: readPlainPolicy,
    prepareBrief: createPrepareBrief({ client, table: leads }, async () => document),
    now: () => now,
  });
  const erase = eraseLead({
    ledger: createDynamoDbEraser({ client, table: leads }),
    quarantine,
    followUps,
    now: () => now,
  });
  return { score, sales, erase };
};

const scan = async (table: string): Promise<Item[]> => {
  const { Items = [] } = await dynamoDb.client.send(
    new ScanCommand({ TableName: table, ConsistentRead: true }),
  );
  return Items;
};

/** Returns all stored items of leads whose id begins with that of this test, with bytes as text. */
const stored = async (): Promise<Item[]> =>
  (await scan(dynamoDb.leads)).filter(({ pk }) => pk?.S?.startsWith(`LEAD#${id}`));

const listWords = (items: readonly Item[]): string[] => {
  const text = JSON.stringify(items, (_name, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );
  return Object.values(words).filter((word) => text.includes(word));
};

const wordsLeft = async () => listWords([...(await stored()), ...(await scan(dynamoDb.quarantine))]);

const buildEvents = (leadId: string) => {
  const of = (type: string, data: object, eventId: string) => {
    const entry = buildEntry({ type: type as 'LeadStageChanged', data: { leadId, ...data }, id: eventId });
    const metadata = { ...entry.detail.metadata, correlationId: words.correlation };
    return { ...entry, detail: { ...entry.detail, metadata } };
  };
  return {
    profile: of('LeadProfileUpdated', { attributes: { city: words.attribute } }, 'p'),
    visit: of(
      'LeadActivityRecorded',
      { activity: 'demo_requested', properties: { page: words.property } },
      'v',
    ),
    stage: of('LeadStageChanged', { stage: 'sql', reason: words.reason }, 's'),
    verdict: of(
      'HandoffRejected',
      { handoffId: 'h-1', actor: words.actor, reason: words.verdict },
      'verdict',
    ),
    poison: of('LeadStageChanged', { stage: words.poison }, 'poison'),
    erasure: of('LeadErasureRequested', {}, 'erase'),
    merge: (mergedLeadId: string) => of('LeadsMerged', { mergedLeadId }, 'merge'),
  };
};

const listAnnounced = (items: readonly Item[], type: string) =>
  items
    .filter(({ sk }) => isEntrySortKey(sk?.S ?? ''))
    .flatMap((item) => leadAnnouncements(item, undefined))
    .filter((entry) => entry['detail-type'] === type && entry.source === sluiceSource);

const followErasure = async (erase: ReturnType<typeof eraseLead>) => {
  const announced = listAnnounced(await stored(), 'LeadErased');
  expect(failedIds(await erase(buildBatch(...announced)))).toEqual([]);
  return announced;
};

describe('I10: an erasure', () => {
  it('leaves nothing personal of the lead in either table', async () => {
    const { score, sales, erase } = world();
    const events = buildEvents(id);
    await score(buildBatch(events.profile, events.visit, events.stage, events.verdict, events.poison));
    await sales(buildBatch(events.verdict));
    expect((await wordsLeft()).toSorted()).toEqual(Object.values(words).toSorted());
    await score(buildBatch(events.erasure));
    expect(await followErasure(erase)).toHaveLength(1);
    expect(await wordsLeft()).toEqual([]);
  });

  it('leaves nothing personal of what sales was given with a hand-off', async () => {
    const { score, sales, erase } = world();
    const { profile, erasure } = buildEvents(id);
    await score(buildBatch(profile));
    const { sampleEvent } = outboundContracts.LeadTierChanged;
    const [state] = (await stored()).filter(({ sk }) => sk?.S === 'STATE');
    const action = { kind: 'handoff', queue: 'sales', dueHours: 24 };
    // As if the policy asked for a hand-off of every lead.
    await dynamoDb.client.send(
      new PutItemCommand({
        TableName: dynamoDb.leads,
        Item: { ...state, action: { S: JSON.stringify(action) } },
      }),
    );
    const data = { ...sampleEvent.detail.data, leadId: id, version: 1, action };
    await sales(buildBatch({ ...sampleEvent, detail: { ...sampleEvent.detail, data } }));
    const handedOff = async () => (await stored()).filter(({ sk }) => sk?.S?.startsWith('HANDOFF#'));
    expect(listWords(await handedOff())).toEqual([words.attribute]);
    await score(buildBatch(erasure));
    await followErasure(erase);
    expect(await handedOff()).toMatchObject([{ handoffStatus: { S: 'erased' } }]);
    expect(await wordsLeft()).toEqual([]);
  });

  it('leaves the hash of every entry as it was', async () => {
    const { score, erase } = world();
    const events = buildEvents(id);
    await score(buildBatch(events.profile, events.visit));
    await score(buildBatch(events.erasure));
    const hashes = async () =>
      (await stored()).filter(({ sk }) => isEntrySortKey(sk?.S ?? '')).map((item) => hashItem(item));
    const before = await hashes();
    await followErasure(erase);
    expect(await hashes()).toEqual(before);
    expect((await stored()).filter(({ commitment }) => commitment !== undefined)).toHaveLength(2);
  });

  it('reaches the leads that were merged into the lead, with what sales said of them', async () => {
    const { score, sales, erase } = world();
    const merged = `${id}-merged`;
    const events = buildEvents(merged);
    await score(buildBatch(events.profile, events.visit, events.poison, events.verdict));
    await sales(buildBatch(events.verdict));
    await score(buildBatch(buildEvents(id).visit));
    await score(buildBatch(buildEvents(id).merge(merged)));
    await score(buildBatch(events.erasure));
    await followErasure(erase);
    expect(await wordsLeft()).toEqual([]);
    await sales(buildBatch(events.verdict));
    expect(await wordsLeft()).toEqual([]);
  });

  it('lets nothing back in: late events, malformed ones, verdicts, and a second erasure change no words', async () => {
    const { score, sales, erase } = world();
    const events = buildEvents(id);
    await score(buildBatch(events.erasure));
    await followErasure(erase);
    await score(buildBatch(events.profile, events.visit, events.verdict, events.poison));
    await sales(buildBatch(events.verdict));
    expect(await wordsLeft()).toEqual([]);
    const after = await stored();
    await score(buildBatch(events.profile, events.visit, events.verdict, events.erasure));
    await followErasure(erase);
    expect(await stored()).toEqual(after);
    expect(after.find(({ sk }) => sk?.S === 'STATE')).toMatchObject({ status: { S: 'erased' } });
  });

  it('that ended half way is finished by the next try', async () => {
    const { score, erase } = world();
    const events = buildEvents(id);
    await score(buildBatch(events.profile, events.visit, events.stage));
    await score(buildBatch(events.erasure));
    const real = createDynamoDbEraser({ client: dynamoDb.client, table: dynamoDb.leads });
    const failing = eraseLead({
      ledger: {
        ...real,
        eraseEntries: async (leadId) => {
          await real.eraseEntries(leadId);
          throw new Error('stopped');
        },
      },
      quarantine: { redactLead: async () => 0 },
      followUps: { eraseHandoffs: async () => 0 },
      now: () => now,
    });
    const announced = listAnnounced(await stored(), 'LeadErased');
    expect(failedIds(await failing(buildBatch(...announced)))).toHaveLength(1);
    await followErasure(erase);
    expect(await wordsLeft()).toEqual([]);
  });
});

/** Returns an announcement of the erasure of a lead, as anybody could write it. */
const announceErasure = (leadId: string) => ({
  source: sluiceSource,
  'detail-type': 'LeadErased',
  time: '2026-03-10T00:00:00Z',
  detail: {
    metadata: {
      eventId: `forged-${leadId}`,
      occurredAt: '2026-03-10T00:00:00.000Z',
      schemaVersion: 1,
      correlationId: 'c',
      causationId: 'c',
    },
    data: { leadId, version: 2, ordinal: 0, action: { kind: 'none' }, actionChanged: true },
  },
});

describe('an announcement of an erasure that nobody has requested', () => {
  const everything = async () => [...(await stored()), ...(await scan(dynamoDb.quarantine))];

  it('that comes before the request removes nothing; that of the request removes all', async () => {
    const { score, erase } = world();
    const events = buildEvents(id);
    await score(buildBatch(events.profile, events.visit));
    const before = await everything();
    await erase(buildBatch(announceErasure(id)));
    expect(await everything()).toEqual(before);
    await score(buildBatch(events.erasure));
    await followErasure(erase);
    expect(await wordsLeft()).toEqual([]);
  });

  it('removes nothing of a lead that is unknown, or merged into one that is not erased', async () => {
    const { score, erase } = world();
    const merged = `${id}-merged`;
    await score(buildBatch(buildEvents(merged).profile));
    await score(buildBatch(buildEvents(id).merge(merged)));
    const before = await everything();
    await erase(buildBatch(announceErasure(merged), announceErasure(`${id}-unknown`)));
    expect(await everything()).toEqual(before);
  });

  it('removes nothing of a lead that only an entry of an erased one names', async () => {
    const { score, erase } = world();
    const [victim, gone] = [`${id}-victim`, `${id}-gone`];
    await score(buildBatch(buildEvents(victim).profile, buildEvents(gone).erasure));
    const [entry] = (await stored()).filter(
      ({ pk, sk }) => pk?.S === `LEAD#${gone}` && isEntrySortKey(sk?.S ?? ''),
    );
    const forged = {
      ...entry,
      sk: { S: `${entry?.sk?.S}-forged` },
      type: { S: 'LeadsMerged' },
      other: { S: victim },
    };
    const { salt: _salt, detail: _detail, changes: _changes, ...erased } = forged as Item;
    const Item = { ...erased, commitment: { B: Buffer.alloc(32) } };
    await dynamoDb.client.send(new PutItemCommand({ TableName: dynamoDb.leads, Item }));
    await erase(buildBatch(announceErasure(gone)));
    expect(await wordsLeft()).toEqual([words.attribute, words.correlation]);
  });

  // It leaves words in the quarantine, so it is the last one.
  it('removes nothing of a lead, and is not retried', async () => {
    const { score, sales, erase } = world();
    const events = buildEvents(id);
    await score(buildBatch(events.profile, events.visit, events.verdict, events.poison));
    await sales(buildBatch(events.verdict));
    const before = await everything();
    expect(failedIds(await erase(buildBatch(announceErasure(id))))).toEqual([]);
    await sales(buildBatch(announceErasure(id)));
    expect(listWords(await everything()).toSorted()).toEqual(listWords(before).toSorted());
    expect((await everything()).filter(({ sk }) => sk?.S !== 'HANDOFF')).toEqual(
      before.filter(({ sk }) => sk?.S !== 'HANDOFF'),
    );
  });
});
