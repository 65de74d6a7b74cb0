import assert from 'node:assert/strict';
import {
  PutItemCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { type ApiService, apiServices, listRoutes, operations } from '../../../events/api/index.ts';
import {
  type BusEvent,
  canaryPattern,
  clockEventId,
  hourMs,
  type InboundType,
  internalContracts,
  internalEvent,
  outboundContracts,
  parseAction,
} from '../../../events/index.ts';
import { NurtureDue } from '../../../events/internal/nurture-due.ts';
import { advanceLeads } from '../../../functions/advance-leads/advance-leads.ts';
import type { SendDue } from '../../../functions/advance-leads/due-queues.ts';
import { anchorHeads } from '../../../functions/anchor-heads/anchor-heads.ts';
import { createHeadReader } from '../../../functions/anchor-heads/read-heads.ts';
import { checkDrift } from '../../../functions/check-drift/check-drift.ts';
import { countFunnel } from '../../../functions/count-funnel/count-funnel.ts';
import { eraseLead } from '../../../functions/erase-lead/erase-lead.ts';
import { newHandoffId } from '../../../functions/hand-off/follow-action.ts';
import { handOff } from '../../../functions/hand-off/hand-off.ts';
import { keepIdentities } from '../../../functions/keep-identities/keep-identities.ts';
import { publishChanges } from '../../../functions/publish-changes/publish-changes.ts';
import { recountFunnel } from '../../../functions/recount-funnel/recount-funnel.ts';
import { scoreLeads } from '../../../functions/score-leads/score-leads.ts';
import { sendCanary } from '../../../functions/send-canary/send-canary.ts';
import { startNurture } from '../../../functions/start-nurture/start-nurture.ts';
import { takePartnerEvents } from '../../../functions/take-partner-events/take-partner-events.ts';
import { timeCanary } from '../../../functions/time-canary/time-canary.ts';
import type { Change } from '../../../infra/local/engine/memory/database.ts';
import { cancelled } from '../../../infra/local/engine/memory/errors.ts';
import { compilePattern } from '../../../infra/local/pattern.ts';
import { type ApiAnswer, type ApiHandlers, createApiHandler } from '../../../shared/api/index.ts';
import type { Bus } from '../../../shared/bus/index.ts';
import { createClockProgress } from '../../../shared/clock/index.ts';
import { emptyTally } from '../../../shared/drift/index.ts';
import { checkItem } from '../../../shared/drift-checks/index.ts';
import { createDynamoDbFollowUps } from '../../../shared/follow-ups/index.ts';
import { addToCounters } from '../../../shared/funnel-counts/index.ts';
import { createIdentityEraser } from '../../../shared/identity/index.ts';
import {
  funnelPartitions,
  funnelStockKey,
  handoffKey,
  nurtureKey,
  stateKey,
} from '../../../shared/keys/index.ts';
import { lambdaHandler, metrics, type Service } from '../../../shared/lambda/index.ts';
import {
  createDynamoDbEraser,
  createDynamoDbErasureReader,
  createDynamoDbLedger,
} from '../../../shared/ledger/index.ts';
import type { PolicyReader } from '../../../shared/model-store/index.ts';
import { createFixedModels, createModelRegistry } from '../../../shared/model-store/index.ts';
import { createDynamoDbQuarantine } from '../../../shared/quarantine/index.ts';
import { noFacts } from '../../../shared/scoring/index.ts';
import { apiRequest } from '../../support/api-request.ts';
import { buildBatch, buildStreamEvent } from '../../support/deliveries.ts';
import { announceDelivery, answered, createDeliveryWorld } from '../../support/delivering.ts';
import { buildEntry, now } from '../../support/events.ts';
import { noBrief, readPlainPolicy } from '../../support/handoffs.ts';
import { createIdentityWorld } from '../../support/identity-world.ts';
import { createClient, memoryClient } from '../../support/memory-dynamodb.ts';
import { successReady } from '../../support/models.ts';
import { changedEvent, readPartnerFixture } from '../../support/partner-events.ts';
import { createPartnerWorld } from '../../support/partner-world.ts';
import { createRecordingBus } from '../../support/recording-bus.ts';
import { activatedAt, createRescoringWorld } from '../../support/rescoring-world.ts';
import { indexes } from '../../support/tables.ts';
import { createWebhookWorld, webhookRequest } from '../../support/webhook-world.ts';
import { samples } from '../../support/webhooks.ts';

/**
 * Has every function count everything that it can count, over DynamoDB in memory. Scored events are published, and
 * announcements are followed. test/infra/watched-metrics.test.ts runs this in a process of its own, whose output shows
 * the metrics.
 */

const changes: Change[] = [];
const client = memoryClient({
  tables: indexes,
  onChange: (change) => changes.push(change),
});
const ledger = createDynamoDbLedger({ client, table: 'leads' });
const quarantine = createDynamoDbQuarantine(client, 'quarantine');
const followUps = createDynamoDbFollowUps(client, 'leads');
const clock = { now: () => now };
const context = { functionName: 'f', awsRequestId: 'r-1', getRemainingTimeInMillis: () => 1_000 } as Context;

/** Runs a function under its own name, as Lambda does; here all functions are in one process. */
const as = async <Event, Answer>(
  service: Service,
  handle: (event: Event) => Promise<Answer>,
  event: Event,
): Promise<void> => {
  metrics.setDefaultDimensions({ service });
  await lambdaHandler(handle)(event, context);
};

const model = successReady();
const common = {
  quarantine,
  models: createFixedModels(model),
  wait: async () => {},
  ...clock,
};
let isBusy = false;
const score = scoreLeads({
  ...common,
  ledger: {
    ...ledger,
    append: async (...commits) => {
      isBusy = !isBusy;
      return isBusy ? { kind: 'conflict' } : ledger.append(...commits);
    },
  },
});
const erase = eraseLead({
  ledger: createDynamoDbEraser({ client, table: 'leads' }),
  quarantine,
  followUps,
  ...clock,
});

const announced: BusEvent[] = [];
const bus = createRecordingBus(announced);
const away: Bus = { publish: async (entries) => entries.map((_, i) => i) };

let number = 0;
const inbound = (type: InboundType, leadId: string, data: object = {}) =>
  buildEntry({ type, data: { leadId, ...data }, id: `e-${++number}` });
const sample = (type: keyof typeof outboundContracts, data: object) => {
  const { sampleEvent } = outboundContracts[type];
  return { ...sampleEvent, detail: { ...sampleEvent.detail, data: { ...sampleEvent.detail.data, ...data } } };
};

const profile = inbound('LeadProfileUpdated', 'l-1', { attributes: { city: 'Oslo' } });
const poison = inbound('LeadStageChanged', 'l-1', { stage: 'prospect' });
const promising = [
  inbound('LeadActivityRecorded', 'l-1', { activity: 'demo_requested', count: 10 }),
  inbound('LeadStageChanged', 'l-1', { stage: 'opportunity' }),
  inbound('LeadOutcomeRecorded', 'l-1', { outcome: 'won' }),
];
const canaries: BusEvent[] = [];
await as('send-canary', sendCanary({ bus: createRecordingBus(canaries), ...clock }), {});
await as('score-leads', score, buildBatch(profile, ...promising, poison, 'no JSON', ...canaries));
await as('score-leads', score, buildBatch(profile));

const handoff = { action: { kind: 'handoff', queue: 'sales', dueHours: 4 }, actionChanged: true };
const asks = (leadId: string, version: number, action: object = handoff) =>
  sample('LeadTierChanged', { leadId, version, ordinal: 0, ...action });
const verdict = (type: 'HandoffAccepted' | 'HandoffRejected', leadId: string, handoffId: string) =>
  inbound(type, leadId, { handoffId, actor: 'sales-7' });

const sell = handOff({ followUps, readPolicy: readPlainPolicy, prepareBrief: noBrief, ...clock });
await as('hand-off', sell, buildBatch(asks('l-1', 5), asks('l-2', 5), asks('l-3', 5)));
await as('hand-off', sell, buildBatch(asks('l-1', 5)));
const moved = sample('HandoffDeadlineMoved', { leadId: 'l-1', version: 6, effect: 'paused' });
const handoffId = newHandoffId(parseAction(asks('l-3', 5)));
const handoffDue = structuredClone(internalContracts.HandoffDue.sampleEvent);
Object.assign(handoffDue.detail.data, { leadId: 'l-3', handoffId });
await as('hand-off', sell, buildBatch(moved, handoffDue));
await as('hand-off', sell, buildBatch(asks('l-2', 6, { action: { kind: 'none' }, actionChanged: true })));
await as(
  'hand-off',
  sell,
  buildBatch(verdict('HandoffAccepted', 'l-4', 'h-4'), verdict('HandoffRejected', 'l-4', 'h-5')),
);
const cooling = handOff({
  followUps,
  prepareBrief: noBrief,
  readPolicy: async () => ({
    ...model.document.policy,
    nurture: { tracks: {}, tierCooldownHours: 24 },
  }),
  ...clock,
});
const idle = { action: { kind: 'none' }, actionChanged: true };
for (const message of [asks('l-7', 5), asks('l-7', 6, idle), asks('l-7', 7)])
  await as('hand-off', cooling, buildBatch(message));

const past = inbound('LeadActivityRecorded', 'l-6', { activity: 'demo_requested' });
Object.assign(past.detail.metadata, { backfill: true });
await as('score-leads', score, buildBatch(past));
const later = scoreLeads({ ...common, ledger, now: () => now + hourMs });
const wakeUp = internalEvent(
  'LeadClockAdvanced',
  { eventId: clockEventId, occurredAt: new Date(now + hourMs).toISOString() },
  { leadId: 'l-6' },
);
await as('score-leads', later, buildBatch(wakeUp));
await as('score-leads', later, buildBatch(wakeUp));

const gone = (leadId: string) => sample('LeadErased', { leadId, version: 9, ordinal: 0 });
await as('score-leads', score, buildBatch(inbound('LeadErasureRequested', 'l-3')));
await as('erase-lead', erase, buildBatch(gone('l-3'), gone('l-4')));
await as('hand-off', sell, buildBatch(verdict('HandoffAccepted', 'l-3', 'h-3')));

const readPolicy: PolicyReader = async () => ({
  ...model.document.policy,
  nurture: { tracks: { x: { cooldownHours: 24, mostStarts: 2 } } },
});
const warm = startNurture({ followUps, readPolicy, ...clock });
const nurture = (version: number) =>
  asks('l-1', version, { action: { kind: 'nurture', track: 'x' }, actionChanged: true });
const stop = (version: number) => asks('l-1', version, { action: { kind: 'none' }, actionChanged: true });
const { sampleEvent: nurtureDue } = NurtureDue;
for (const message of [nurture(5), nurture(5), stop(6), nurture(7), nurtureDue, stop(8), nurture(9)])
  await as('start-nurture', warm, buildBatch(message));

await as('score-leads', score, buildBatch(inbound('LeadErasureRequested', 'l-1')));
await as('score-leads', score, buildBatch(inbound('LeadStageChanged', 'l-1', { stage: 'mql' })));

const stream = buildStreamEvent(
  ...changes.map(({ before, after }) => ({ ...(after && { item: after }), ...(before && { before }) })),
);
await as('publish-changes', publishChanges({ bus }), stream);
await as('publish-changes', publishChanges({ bus: away }), stream);

const erasures = announced.filter((entry) => entry['detail-type'] === 'LeadErased');
await as('erase-lead', erase, buildBatch(...erasures));
await as(
  'anchor-heads',
  anchorHeads({
    readHeads: createHeadReader(client, 'leads'),
    store: { put: async () => {}, latestManifest: async () => undefined },
    ...clock,
  }),
  {},
);
let isBeaten = false;
/** A client to which another writer comes first at each second transaction. */
const rival = createClient(async (command) => {
  isBeaten = command instanceof TransactWriteItemsCommand ? !isBeaten : isBeaten;
  if (command instanceof TransactWriteItemsCommand && isBeaten)
    throw cancelled([{ Code: 'TransactionConflict' }]);
  return client.memory.execute(command);
});
const counting = {
  client: rival,
  table: 'leads',
  partition: funnelPartitions[0] as string,
  wait: async () => {},
  ...clock,
};
const tierChange = sample('LeadTierChanged', { leadId: 'l-8', version: 1 });
for (const _ of ['first', 'again']) await as('count-funnel', countFunnel(counting), buildBatch(tierChange));
// Leads that nobody counted are adopted, l-8 has no state and is counted out, and a counter is seven too high.
const wrong = addToCounters('leads', funnelStockKey(counting.partition), new Map([['sql/good', 7]]));
await client.send(new UpdateItemCommand(wrong));
await as('recount-funnel', recountFunnel({ ...counting, client }), {});
const registry = createModelRegistry({ client, table: 'leads', ...clock });
const author = { by: 'ana', reason: 'a test' };
await registry.publish(model.document, author);
await registry.activate(model.version, 'all', author);
const checking = { table: 'leads', random: () => 0, ...clock };
await as('check-drift', checkDrift({ ...checking, client }), {});
// Leads of a month of which nothing is known, after one whose leads all had the best score.
const drifting = memoryClient({ tables: indexes });
const copied = await client.send(new ScanCommand({ TableName: 'leads' }));
const ofModels = (copied.Items ?? []).filter(({ pk }) => pk?.S?.startsWith('MODEL'));
const facts = { S: JSON.stringify({ ...noFacts, seen: now }) };
const strangers = Array.from({ length: 200 }, (_, i) => {
  const { pk, sk } = stateKey(`stranger-${i}`);
  return { pk: { S: pk }, sk: { S: sk }, facts };
});
const reference = checkItem({
  at: '2026-05-01T00:00:00.000Z',
  modelVersion: model.version,
  leadsRead: 200,
  tally: { ...emptyTally, leads: 200, scores: emptyTally.scores.with(100, 200) },
  references: {},
  comparison: { measures: [], findings: [], tooFew: [] },
});
for (const Item of [...ofModels, ...strangers, reference])
  await drifting.send(new PutItemCommand({ TableName: 'leads', Item }));
await as('check-drift', checkDrift({ ...checking, client: drifting }), {});
// One lead can't be judged, so that the rescoring gives up.
const rescoring = createRescoringWorld({ leads: { 'l-1': 'm@1', 'l-2': 'm@1' }, poison: new Set(['l-2']) });
await as('rescore-leads', () => rescoring.runUntil(activatedAt + 86_400_000), {});
const dueAt = new Date(now).toISOString();
const due = [stateKey('l-5'), handoffKey('l-5', 'h-5'), nurtureKey('l-5')].map((key) => ({ ...key, dueAt }));
const advance = (send: SendDue) =>
  advanceLeads({
    readDueItems: async function* (dueKey) {
      if (dueKey.endsWith('#0')) yield due;
    },
    readLeadPage: async () => ({ leadIds: ['l-6'], last: undefined }),
    send,
    progress: createClockProgress(client, 'leads'),
    ...clock,
  });
await as(
  'advance-leads',
  advance(async (_kind, messages) => messages.length),
  {},
);
await assert.rejects(
  as(
    'advance-leads',
    advance(async () => 0),
    {},
  ),
);
/** Has a function of the API answer a request of each kind: one that succeeds, one that is refused, one that fails. */
const request = async (service: ApiService): Promise<void> => {
  const [operation] = [...listRoutes(service).values()].filter((each) => /^(list|put|accept)/.test(each));
  assert.ok(operation);
  const given = {
    ...(operation === 'acceptHandoff' && { path: { id: 'l-1~h-1' }, body: {} }),
    ...(operation === 'putEvents' && { body: [{}] }),
  };
  const handleAll = (answer: () => Promise<ApiAnswer>) =>
    createApiHandler(
      service,
      Object.fromEntries(operations.map((each) => [each, answer])) as unknown as ApiHandlers<ApiService>,
    );
  const succeed = handleAll(async () => ({ body: {} }));
  await as(service, succeed, apiRequest(operation, given));
  await as(service, succeed, apiRequest(operation, { ...given, role: 'nobody' }));
  await as(
    service,
    handleAll(async () => {
      throw new Error('broken');
    }),
    apiRequest(operation, given),
  );
};
for (const service of apiServices) await request(service);

const returned = announced.filter(compilePattern(canaryPattern));
for (const late of [0, 3_600_000])
  await as('time-canary', timeCanary({ now: () => now + late }), buildBatch(...returned));

const created = readPartnerFixture('lead-created');
await as(
  'take-partner-events',
  takePartnerEvents(createPartnerWorld().deps),
  buildBatch(
    created,
    readPartnerFixture('contact-created'),
    readPartnerFixture('gap'),
    changedEvent(created, { transactionKey: null }),
    { ...created, source: 'aws.partner/example.com/gone' },
  ),
);

const hooks = createWebhookWorld();
const [sent] = samples.generic.records;
for (const request of [
  webhookRequest('generic'),
  webhookRequest('generic', { body: { records: [{ ...sent, id: 8, at: 'yesterday' }] } }),
  webhookRequest('segment', { body: { ...samples.segment, event: 'Something Else' } }),
  webhookRequest('typeform', { headers: { 'typeform-signature': 'sha256=forged' } }),
])
  await as('receive-webhooks', hooks.send, request);
await as('receive-webhooks', createWebhookWorld({ createBus: () => away }).send, webhookRequest('generic'));

const known = createIdentityWorld();
const keep = keepIdentities({
  leads: createDynamoDbErasureReader({ client: known.client, table: 'leads' }),
  identities: createIdentityEraser({ client: known.client, table: 'identities' }),
});
const { leadId: met } = await known.settle(['hubspot:1', 'email:ann@x.example']);
await known.settle(['email:bob@x.example']);
await known.settle(['hubspot:1', 'email:bob@x.example']);
await as('keep-identities', keep, buildBatch(gone(met)));
known.putState(met, 'erased');
await as('keep-identities', keep, buildBatch(gone(met)));

const delivering = createDeliveryWorld();
const plan = (input: Parameters<typeof announceDelivery>[0]) =>
  as('plan-deliveries', delivering.plan, announceDelivery(input));
const send = () => as('send-deliveries', delivering.send, {});
await plan({ version: 2 });
await send();
// One that comes after a later one of its lead is superseded.
await plan({ version: 1 });
await send();
for (const [leadId, status] of [
  ['l-2', 503],
  ['l-3', 410],
] as const) {
  delivering.script.answer = () => answered(status);
  await plan({ leadId });
  await send();
}
await plan({ type: 'LeadErased', leadId: 'l-2', version: 2 });
delivering.clock.now += 31 * 24 * hourMs;
await send();
