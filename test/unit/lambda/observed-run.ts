import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Context } from 'aws-lambda';
import { outboundContracts } from '../../../events/index.ts';
import { handOff } from '../../../functions/hand-off/hand-off.ts';
import { createAnnouncingBus } from '../../../functions/publish-changes/announcing-bus.ts';
import { publishChanges } from '../../../functions/publish-changes/publish-changes.ts';
import { startNurture } from '../../../functions/start-nurture/start-nurture.ts';
import { createDynamoDbFollowUps } from '../../../shared/follow-ups/index.ts';
import { lambdaHandler } from '../../../shared/lambda/index.ts';
import { createDocumentReader, createPolicyReader } from '../../../shared/model-store/index.ts';
import { buildBatch, buildStreamEvent, createScoringWorld } from '../../support/deliveries.ts';
import { buildEntry } from '../../support/events.ts';
import { noBrief, readPlainPolicy } from '../../support/handoffs.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';
import { secrets } from './secrets.ts';

/**
 * Runs each function as Lambda would, with logs and metrics on, over events full of personal data: some that are
 * accepted, and some for each kind of failure. no-personal-data.test.ts runs this in a process of its own, and reads
 * all that it writes.
 */

const { leadId, attribute, answer, reason, actor, correlation } = secrets;
const context = { functionName: 'f', awsRequestId: 'r-1', getRemainingTimeInMillis: () => 1_000 } as Context;
const broken = () =>
  Promise.reject(new Error(`cannot write\n    at ${leadId} ${attribute}\n    at ${answer} (a:1:2)`));

const profile = buildEntry({
  type: 'LeadProfileUpdated',
  data: { leadId, attributes: { city: attribute } },
  id: 'e-1',
});
const answers = (value: string) =>
  buildEntry({
    type: 'LeadAnswersRecorded',
    data: { leadId, answers: { need: { value, text: answer } } },
    id: 'e-2',
  });
const demo = buildEntry({
  type: 'LeadActivityRecorded',
  data: { leadId, activity: 'demo_requested' },
  id: 'e-3',
});
const stage = buildEntry({
  type: 'LeadStageChanged',
  data: { leadId, stage: 'mql', reason, actor },
  id: 'e-4',
});
const verdict = buildEntry({
  type: 'HandoffRejected',
  data: { leadId, handoffId: 'h-1', actor, reason },
  id: 'e-5',
});
const poisons = [
  `not json: ${leadId} ${attribute}`,
  { ...profile, 'detail-type': 'LeadProfileUpdate' },
  buildEntry({ type: 'LeadProfileUpdated', data: { leadId, attributes: { city: [attribute, 5] } } }),
  buildEntry({
    type: 'LeadAnswersRecorded',
    data: { leadId: `${leadId} ${attribute}`, answers: { q: { value: answer } } },
  }),
  answers('critical'),
];

const correlated = {
  ...demo,
  detail: { ...demo.detail, metadata: { ...demo.detail.metadata, correlationId: correlation } },
};
const event = buildBatch(profile, answers('important'), correlated, stage, verdict, profile, ...poisons);
const announcement = (data: object) => {
  const { sampleEvent } = outboundContracts.LeadTierChanged;
  return {
    ...sampleEvent,
    detail: { ...sampleEvent.detail, data: { ...sampleEvent.detail.data, leadId, ...data } },
  };
};
const announcements = buildBatch(
  announcement({ action: { kind: 'nurture', track: 'x' } }),
  announcement({ action: { kind: 'handoff', queue: 'sales', dueHours: 4 } }),
  announcement({ to: attribute }),
  announcement({ leadId: `${leadId} ${answer}` }),
  `    at ${leadId}\n    at ${answer}`,
  verdict,
);

const world = createScoringWorld();
await lambdaHandler(world.score)(event, context);
await lambdaHandler(world.score)(event, context);

const unwritable = createScoringWorld({
  ledger: (memory) => ({ ...memory, append: broken }),
  quarantine: { store: broken },
});
await lambdaHandler(unwritable.score)(event, context);
const busy = createScoringWorld({
  ledger: (memory) => ({ ...memory, append: async () => ({ kind: 'conflict' }) }),
});
await lambdaHandler(busy.score)(event, context);

const away = createScoringWorld({
  ledger: (memory) => ({ ...memory, load: broken }),
  ensureModelStored: broken,
});
await lambdaHandler(away.score)(event, context).catch(() => undefined);

const stream = buildStreamEvent(...world.written.map((item) => ({ item })), {
  item: { pk: { S: `LEAD#${leadId}` }, sk: { S: `EVENT#${attribute}` }, detail: { S: answer } },
});
await lambdaHandler(publishChanges({ bus: { publish: async () => [] } }))(stream, context);
await lambdaHandler(publishChanges({ bus: { publish: async (entries) => entries.map((_, i) => i) } }))(
  stream,
  context,
);

await lambdaHandler(publishChanges({ bus: { publish: broken } }))(stream, context).catch(() => undefined);
const client = { send: broken } as unknown as EventBridgeClient;
const noWait = { busName: 'bus', pause: async () => {} };
await lambdaHandler(publishChanges({ bus: createAnnouncingBus({ client, ...noWait }) }))(stream, context);

const unreachable = { send: broken } as unknown as DynamoDBClient;
for (const dynamodb of [memoryClient({ tables: { leads: [] } }), unreachable]) {
  const followUps = createDynamoDbFollowUps(dynamodb, 'leads');
  const { policy } = compileDocument(smallDocument()).document;
  for (const readPolicy of [
    async () => policy,
    createPolicyReader(createDocumentReader({ client: dynamodb, table: 'leads' })),
  ])
    await lambdaHandler(startNurture({ followUps, readPolicy, now: Date.now }))(announcements, context);
  await lambdaHandler(
    handOff({ followUps, readPolicy: readPlainPolicy, prepareBrief: noBrief, now: Date.now }),
  )(announcements, context);
}
