import { randomUUID } from 'node:crypto';
import { type Operation, routeOf } from '../../events/api/index.ts';
import type { BusEvent } from '../../events/index.ts';
import { answerQueries } from '../../functions/answer-queries/answer-queries.ts';
import { manageModels } from '../../functions/manage-models/manage-models.ts';
import { createRescoringAdmin } from '../../functions/manage-models/rescoring-admin.ts';
import { manageQuarantine } from '../../functions/manage-quarantine/manage-quarantine.ts';
import { scoreLeads } from '../../functions/score-leads/score-leads.ts';
import { takeRequests } from '../../functions/take-requests/take-requests.ts';
import type { GatewayAnswer, GatewayRequest } from '../../shared/api/index.ts';
import type { Item } from '../../shared/dynamodb/index.ts';
import { createDynamoDbFollowUps } from '../../shared/follow-ups/index.ts';
import { createDynamoDbLedger } from '../../shared/ledger/index.ts';
import {
  createActiveModels,
  createModelRegistry,
  type ModelRegistry,
} from '../../shared/model-store/index.ts';
import { createDynamoDbQuarantine, createDynamoDbQuarantineAdmin } from '../../shared/quarantine/index.ts';
import { createDynamoDbRequests } from '../../shared/requests/index.ts';
import { apiRequest, bodyOf } from './api-request.ts';
import { buildBatch, failedIds } from './deliveries.ts';
import { buildEntry, type EventInput, now as usualNow } from './events.ts';
import { announcement, buildRequest } from './handoffs.ts';
import { createHealthDeps } from './health-deps.ts';
import { storePair } from './identity-world.ts';
import { createMemoryBucket } from './memory-bucket.ts';
import { memoryClient } from './memory-dynamodb.ts';
import { compileDocument, smallDocument, successReady } from './models.ts';
import { createRecordingBus } from './recording-bus.ts';
import { indexes } from './tables.ts';

/** The functions of the API over tables in memory, with some leads. */
export interface ApiWorld {
  /** Answers a request of an operation by its function. */
  readonly ask: (operation: Operation, request: GatewayRequest) => Promise<GatewayAnswer>;
  /** The ids of the events that are rejected and open. */
  readonly rejectedIds: readonly [string, string];
  /** The events that were put on the bus. */
  readonly taken: readonly BusEvent[];
  /** Returns all items but the secret of cursors, as text. */
  readonly stored: () => string;
}

/** The hand-off that is open in the world. */
export const openHandoff = { leadId: 'l-1', handoffId: 'h-1', queue: 'sales' } as const;

/** The model that is active in the world, one that is published and was active before, and the shadow. */
export const openModel = 'success-ready@5';
export const spareModel = 'small@1';
const shadowedModel = 'small@2';

/** Publishes models, and activates them so that there is one to go back to, with a rescoring that is under way. */
const useModels = async (registry: ModelRegistry): Promise<void> => {
  const author = { by: 'jane@example.com', reason: 'a test' };
  for (const version of ['1', '2'])
    await registry.publish(compileDocument({ ...smallDocument(), version }).document, author);
  await registry.activate(spareModel, 'none', author);
  await registry.activate(openModel, 'none', author);
  await registry.shadow(shadowedModel, author);
};

const said = (leadId: string, type: EventInput['type'], data: object, id = `${leadId}-${type}`) =>
  buildEntry({ type, data: { leadId, ...data }, id });

/** Events of one lead that is good, one that is new, one that was merged, one that was erased, and two rejected ones. */
const seedEvents = [
  said('l-1', 'LeadProfileUpdated', {
    attributes: { name: 'Ada Example', owner: 'jane@example.com', seniority: 'executive', employees: 600 },
  }),
  said('l-1', 'LeadActivityRecorded', { activity: 'demo_requested' }),
  said('l-2', 'LeadStageChanged', { stage: 'mql' }),
  said('l-3', 'LeadProfileUpdated', { attributes: { name: 'Bob' } }),
  said('l-4', 'LeadProfileUpdated', { attributes: { name: 'Eve' } }),
  said('l-2', 'LeadsMerged', { mergedLeadId: 'l-3' }),
  said('l-4', 'LeadErasureRequested', {}),
  said('l-1', 'LeadActivityRecorded', { activity: 7 }, 'bad-1'),
  {
    ...said('l-1', 'LeadActivityRecorded', { activity: 'x' }, 'bad-2'),
    'detail-type': 'LeadActivtyRecorded',
  },
];

export const createApiWorld = async (now: () => number = () => usualNow): Promise<ApiWorld> => {
  const client = memoryClient({ tables: indexes });
  const props = { client, table: 'leads' };
  const model = successReady();
  const models = createActiveModels({ ...props, deployed: model, clocks: { now, elapsed: now } });
  const score = scoreLeads({
    ledger: createDynamoDbLedger(props),
    quarantine: createDynamoDbQuarantine(client, 'quarantine'),
    models,
    wait: async () => {},
    now,
  });
  for (const event of seedEvents) {
    const failed = failedIds(await score(buildBatch(event)));
    if (failed.length > 0) throw new Error(`not scored: ${JSON.stringify(event)}`);
  }
  const { leadId, handoffId, queue } = openHandoff;
  const request = buildRequest({ handoffId, queue, modelVersion: model.version });
  await createDynamoDbFollowUps(client, 'leads').openHandoff(announcement(leadId), request, now());

  await storePair(client, ['l-1', 'l-2']);

  const registry = createModelRegistry({ ...props, now });
  await useModels(registry);

  const taken: BusEvent[] = [];
  const requests = createDynamoDbRequests({ client, table: 'requests', now });
  const common = { client, requests, bus: createRecordingBus(taken), anchors: createMemoryBucket(), now };
  const functions = {
    'answer-queries': answerQueries({
      ...common,
      leadsTable: 'leads',
      identitiesTable: 'identities',
      models,
    }),
    'take-requests': takeRequests({ ...common, leadsTable: 'leads', newId: randomUUID }),
    'manage-quarantine': manageQuarantine({
      ...common,
      health: createHealthDeps(client),
      quarantine: createDynamoDbQuarantineAdmin(client, 'quarantine'),
    }),
    'manage-models': manageModels({
      registry,
      rescoring: createRescoringAdmin({ ...props, now }),
      now,
    }),
  };
  const items = (): Item[] =>
    (['leads', 'quarantine', 'requests', 'identities'] as const).flatMap((name) => client.memory.items(name));
  const ask: ApiWorld['ask'] = (operation, given) => functions[routeOf(operation).service](given);
  const rejected: { id: string }[] = bodyOf(await ask('listQuarantine', apiRequest('listQuarantine'))).events;
  const [first, second] = rejected.map(({ id }) => id).toSorted();
  if (first === undefined || second === undefined) throw new Error('too few events were rejected');
  return {
    ask,
    rejectedIds: [first, second],
    taken,
    stored: () => JSON.stringify(items().filter(({ pk }) => pk?.S !== 'SECRET')),
  };
};
