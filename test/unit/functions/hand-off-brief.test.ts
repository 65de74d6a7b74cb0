import { beforeEach, describe, expect, it } from 'vitest';
import { handOff } from '../../../functions/hand-off/hand-off.ts';
import { createPrepareBrief } from '../../../functions/hand-off/prepare-brief.ts';
import { leadAnnouncements } from '../../../functions/publish-changes/lead-announcements.ts';
import { scoreLeads } from '../../../functions/score-leads/score-leads.ts';
import type { Item } from '../../../shared/dynamodb/index.ts';
import { createDynamoDbFollowUps } from '../../../shared/follow-ups/index.ts';
import { isEntrySortKey } from '../../../shared/keys/index.ts';
import { createDynamoDbLedger } from '../../../shared/ledger/index.ts';
import {
  createDocumentReader,
  createFixedModels,
  createPolicyReader,
} from '../../../shared/model-store/index.ts';
import { createDynamoDbQuarantine } from '../../../shared/quarantine/index.ts';
import type { ScoringModel } from '../../../shared/scoring/index.ts';
import { buildBatch, failedIds } from '../../support/deliveries.ts';
import { buildEntry, now } from '../../support/events.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';
import { storeModel } from '../../support/store-model.ts';

const questions = {
  need: { kind: 'choice', text: 'What do they need?', values: ['critical', 'none'] },
};

/** Returns the small model with a policy that names attributes. */
const naming = (...attributes: readonly string[]): ScoringModel => {
  const document = smallDocument();
  const policy = { ...document.policy, handoffs: { attributes } };
  return compileDocument({ ...document, questions, policy });
};

const table = 'leads';
let client: ReturnType<typeof memoryClient>;
beforeEach(() => {
  client = memoryClient({ tables: { leads: [], quarantine: [] } });
});

const items = (): Item[] => client.memory.items(table);
const handoffs = (): Item[] => items().filter(({ sk }) => sk?.S?.startsWith('HANDOFF#'));

const score = async (model: ScoringModel, ...entries: unknown[]): Promise<void> => {
  const scoring = scoreLeads({
    ledger: createDynamoDbLedger({ client, table }),
    quarantine: createDynamoDbQuarantine(client, 'quarantine'),
    models: createFixedModels(model, () => storeModel({ client, table }, model)),
    wait: async () => {},
    now: () => now,
  });
  expect(failedIds(await scoring(buildBatch(...entries)))).toEqual([]);
};

/** Returns the announcements of the ledger after which there is something to do, in the order of versions. */
const asked = () =>
  items()
    .filter(({ sk }) => isEntrySortKey(sk?.S ?? ''))
    .sort((a, b) => Number(a.version?.N) - Number(b.version?.N))
    .flatMap((item) => leadAnnouncements(item, undefined))
    .filter(({ detail }) => (detail.data as { actionChanged?: boolean }).actionChanged);

const follow = async (...entries: unknown[]): Promise<void> => {
  const readDocument = createDocumentReader({ client, table });
  const following = handOff({
    followUps: createDynamoDbFollowUps(client, table),
    readPolicy: createPolicyReader(readDocument),
    prepareBrief: createPrepareBrief({ client, table }, readDocument),
    now: () => now,
  });
  for (const entry of entries) expect(failedIds(await following(buildBatch(entry)))).toEqual([]);
};

const requests = () =>
  handoffs()
    .flatMap((item) => leadAnnouncements(item, undefined))
    .map(({ detail }) => detail.data);

const at = '2026-03-01T09:00:00.000Z';
const profile = (attributes: object, id = 'profile') =>
  buildEntry({ type: 'LeadProfileUpdated', data: { attributes }, at, id });
const demo = buildEntry({
  type: 'LeadActivityRecorded',
  data: { activity: 'demo_requested' },
  at,
  id: 'demo',
});
const person = { seniority: 'executive', name: 'Ann Example', company: 'Example Ltd' };

describe('the request of a hand-off', () => {
  it('has the reasons that weighed most, the question to ask next, and the attributes that the policy names', async () => {
    await score(naming('company', 'phone'), profile(person), demo);
    await follow(...asked());
    expect(requests()).toMatchObject([
      {
        queue: 'sales',
        score: 72.5,
        reasons: [
          { dimension: 'fit', criterion: 'executive', text: 'is an executive', points: 80, weight: 60 },
          { dimension: 'interest', criterion: 'demo', weight: 12.5 },
        ],
        question: { name: 'need', text: 'What do they need?' },
        attributes: { company: 'Example Ltd' },
      },
    ]);
  });

  it('has no attribute that the policy does not name, and none that was cleared', async () => {
    await score(naming('company'), profile(person), profile({ company: null }, 'cleared'), demo);
    await follow(...asked());
    expect(requests()).toEqual([expect.not.objectContaining({ attributes: expect.anything() })]);
    expect(JSON.stringify(handoffs())).not.toMatch(/Ann|Example Ltd/);
  });

  it('has no question once every question that the model reads is answered', async () => {
    const answer = {
      type: 'LeadAnswersRecorded' as const,
      data: { answers: { need: { value: 'critical' } } },
    };
    await score(naming('company'), profile(person), buildEntry({ ...answer, id: 'answer' }), demo);
    await follow(...asked());
    expect(requests()).toEqual([expect.not.objectContaining({ question: expect.anything() })]);
  });

  it('leaves an attribute out that is too long for an announcement, and keeps those that fit', async () => {
    const long = Array.from({ length: 50 }, (_, i) => `${i}-${'x'.repeat(180)}`);
    await score(naming('long', 'company'), profile({ ...person, long }), demo);
    await follow(...asked());
    expect(requests()).toMatchObject([{ attributes: { company: 'Example Ltd' } }]);
    expect(requests()).toEqual([expect.objectContaining({ attributes: { company: 'Example Ltd' } })]);
  });

  it('is the same however often its announcement comes, also after the lead has changed', async () => {
    await score(naming('company'), profile(person), demo);
    const announced = asked();
    await follow(...announced);
    const before = requests();
    await score(naming('company'), profile({ company: 'Other Ltd' }, 'later'));
    await follow(...announced, ...announced);
    expect(requests()).toEqual(before);
  });

  it('is due after the latest event of the lead if the one that asks for it arrives months late', async () => {
    const latest = buildEntry({
      type: 'LeadActivityRecorded',
      data: { activity: 'demo_requested' },
      at: '2026-05-01T09:00:00.000Z',
      id: 'latest',
    });
    await score(naming('company'), latest);
    await score(naming('company'), profile(person));
    await follow(...asked());
    expect(requests()).toMatchObject([{ dueAt: '2026-05-02T09:00:00.000Z' }]);
  });

  it('has none of this if the lead no longer calls for it', async () => {
    await score(naming('company'), profile(person), demo);
    const announced = asked();
    await score(
      naming('company'),
      buildEntry({ type: 'LeadStageChanged', data: { stage: 'customer' }, id: 'won' }),
    );
    await follow(...announced);
    const [handoff] = handoffs();
    expect(handoff).toMatchObject({ handoffStatus: { S: 'open' } });
    expect(handoff).not.toHaveProperty('handoffBrief');
  });

  it('has none of this if the lead was erased meanwhile', async () => {
    await score(naming('company'), profile(person), demo);
    const announced = asked();
    await score(naming('company'), buildEntry({ type: 'LeadErasureRequested', data: {}, id: 'erase' }));
    await follow(...announced);
    expect(handoffs()).toMatchObject([{ handoffStatus: { S: 'open' } }]);
    expect(handoffs()[0]).not.toHaveProperty('handoffBrief');
  });

  it('is announced without it if an earlier version stored the hand-off', async () => {
    await score(naming('company'), profile(person), demo);
    await follow(...asked());
    const [{ handoffBrief: _brief, ...stored } = {}] = handoffs();
    const [announced] = leadAnnouncements(stored as Item, undefined);
    expect(announced?.detail.data).toMatchObject({ queue: 'sales', tier: 'good' });
    expect(JSON.parse(JSON.stringify(announced?.detail.data))).not.toHaveProperty('reasons');
  });
});

describe('the request of a hand-off that has waited', () => {
  const cooling = (): ScoringModel => {
    const document = smallDocument();
    const policy = {
      ...document.policy,
      handoffs: { attributes: ['company'] },
      nurture: { tracks: {}, tierCooldownHours: 24 },
    };
    return compileDocument({ ...document, questions, policy });
  };

  it('is about the lead as it is when the hand-off begins', async () => {
    await score(cooling(), profile(person), demo);
    const announced = asked();
    const [first] = announced;
    await follow(...announced);
    const { detail } = first as { detail: { metadata: object; data: object } };
    const again = { ...first, detail: { ...detail, data: { ...detail.data, version: 9, score: 60 } } };
    await follow(again);
    const waits = handoffs().find(({ handoffStatus }) => handoffStatus?.S === 'waiting');
    expect(waits).toBeDefined();
    expect(waits).not.toHaveProperty('handoffBrief');
    expect(waits).toMatchObject({ handoffScore: { N: '60' } });
    await score(cooling(), profile({ company: 'New Ltd' }, 'later'));
    await follow({
      source: 'sluice',
      'detail-type': 'HandoffDue',
      time: at,
      detail: {
        metadata: { eventId: 'sluice.due', occurredAt: waits?.dueAt?.S, schemaVersion: 1 },
        data: { leadId: 'l-1', handoffId: waits?.sk?.S?.slice('HANDOFF#'.length), dueAt: waits?.dueAt?.S },
      },
    });
    const begun = handoffs().find(({ sk }) => sk?.S === waits?.sk?.S) as Item;
    expect(leadAnnouncements(begun, waits)).toMatchObject([
      {
        detail: {
          data: { score: 72.5, attributes: { company: 'New Ltd' }, question: { name: 'need' } },
        },
      },
    ]);
  });
});
