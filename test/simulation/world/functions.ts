import { type AdvanceLeadsDeps, advanceLeads } from '../../../functions/advance-leads/advance-leads.ts';
import { createSqsSender } from '../../../functions/advance-leads/due-queues.ts';
import { createLeadPageReader as createSweptPageReader } from '../../../functions/advance-leads/leads-without-due-time.ts';
import { countFunnel } from '../../../functions/count-funnel/count-funnel.ts';
import { eraseLead } from '../../../functions/erase-lead/erase-lead.ts';
import { handOff } from '../../../functions/hand-off/hand-off.ts';
import * as judgeBrief from '../../../functions/hand-off/judge-brief.ts';
import { createPrepareBrief } from '../../../functions/hand-off/prepare-brief.ts';
import { keepIdentities } from '../../../functions/keep-identities/keep-identities.ts';
import { planDeliveries } from '../../../functions/plan-deliveries/plan-deliveries.ts';
import { createAnnouncingBus } from '../../../functions/publish-changes/announcing-bus.ts';
import { publishChanges } from '../../../functions/publish-changes/publish-changes.ts';
import { receiveWebhooks } from '../../../functions/receive-webhooks/receive-webhooks.ts';
import { createTakenRequests } from '../../../functions/receive-webhooks/taken-requests.ts';
import { recountFunnel } from '../../../functions/recount-funnel/recount-funnel.ts';
import { createDelayedSender } from '../../../functions/rescore-leads/queues.ts';
import { rescoreLeads } from '../../../functions/rescore-leads/rescore-leads.ts';
import { createLeadPageReader } from '../../../functions/rescore-leads/stale-leads.ts';
import { scoreLeads } from '../../../functions/score-leads/score-leads.ts';
import { createAttributeReader } from '../../../functions/send-deliveries/read-attributes.ts';
import { sendDeliveries } from '../../../functions/send-deliveries/send-deliveries.ts';
import { startNurture } from '../../../functions/start-nurture/start-nurture.ts';
import { createBus } from '../../../shared/bus/index.ts';
import { createClockProgress, createDueItemReader } from '../../../shared/clock/index.ts';
import {
  createDynamoDbDeliveries,
  createPoke,
  createWebhookTarget,
} from '../../../shared/deliveries/index.ts';
import { createDynamoDbFollowUps } from '../../../shared/follow-ups/index.ts';
import { drawPartition } from '../../../shared/funnel-counts/index.ts';
import { createIdentities, createIdentityEraser } from '../../../shared/identity/index.ts';
import { createIntake } from '../../../shared/intake/index.ts';
import {
  createDynamoDbEraser,
  createDynamoDbErasureReader,
  createDynamoDbLedger,
} from '../../../shared/ledger/index.ts';
import {
  createActiveModels,
  createDocumentReader,
  createPolicyReader,
} from '../../../shared/model-store/index.ts';
import { createDynamoDbQuarantine } from '../../../shared/quarantine/index.ts';
import { createRescorings } from '../../../shared/rescoring/index.ts';
import { createSourceNotes } from '../../../shared/source-status/index.ts';
import { buildPeopleSource, peopleSecret } from '../load/people-source.ts';
import { subscriptionsOfWorld, targetSecret } from '../load/subscriptions.ts';
import type { Ports } from './ports.ts';

type ReadDueItems = AdvanceLeadsDeps['readDueItems'];

async function* none(): AsyncIterable<never> {}

/** Answers reads of partitions that never had an item at once: weeks have thousands of them. */
const readingUsed =
  (read: ReadDueItems, isEverDue: Ports['isEverDue']): ReadDueItems =>
  (dueKey, until) =>
    isEverDue(dueKey) ? read(dueKey, until) : none();

/** The product's functions, wired as their handlers wire them, but to the ports of the run. */
export const starters = {
  'score-leads': ({ database: client, tables, wait, now, deployed }: Ports) => {
    const props = { client, table: tables.leads, wait };
    return scoreLeads({
      ledger: createDynamoDbLedger(props),
      quarantine: createDynamoDbQuarantine(client, tables.quarantine),
      models: createActiveModels({ ...props, deployed, clocks: { now, elapsed: now } }),
      wait,
      now,
    });
  },
  'publish-changes': ({ bus, wait }: Ports) =>
    publishChanges({ bus: createAnnouncingBus({ client: bus, busName: 'bus', pause: wait }) }),
  'start-nurture': ({ database: client, tables, wait, now }: Ports) =>
    startNurture({
      followUps: createDynamoDbFollowUps(client, tables.leads),
      readPolicy: createPolicyReader(createDocumentReader({ client, table: tables.leads, wait })),
      now,
    }),
  'hand-off': ({ database: client, tables, wait, now }: Ports) => {
    const props = { client, table: tables.leads, wait };
    const readDocument = createDocumentReader(props);
    return handOff({
      followUps: createDynamoDbFollowUps(client, tables.leads),
      readPolicy: createPolicyReader(readDocument),
      // A module that is loaded on the way would be awaited in real time.
      prepareBrief: createPrepareBrief(props, readDocument, async () => judgeBrief),
      now,
    });
  },
  'advance-leads': ({ database: client, tables, sqs, now, isEverDue }: Ports) =>
    advanceLeads({
      readDueItems: readingUsed(createDueItemReader(client, tables.leads), isEverDue),
      readLeadPage: createSweptPageReader(client, tables.leads),
      send: createSqsSender(sqs, { lead: 'score-leads', handoff: 'hand-off', nurture: 'start-nurture' }),
      progress: createClockProgress(client, tables.leads),
      now,
    }),
  'count-funnel': ({ database: client, tables, wait, now }: Ports) =>
    countFunnel({ client, table: tables.leads, partition: drawPartition(Math.random), wait, now }),
  'recount-funnel': ({ database: client, tables, wait, now }: Ports) =>
    recountFunnel({
      client,
      table: tables.leads,
      partition: drawPartition(Math.random),
      wait,
      now,
      segments: 2,
      pageSize: 40,
      budgetMs: 5_000,
    }),
  'erase-lead': ({ database: client, tables, now }: Ports) =>
    eraseLead({
      ledger: createDynamoDbEraser({ client, table: tables.leads }),
      quarantine: createDynamoDbQuarantine(client, tables.quarantine),
      followUps: createDynamoDbFollowUps(client, tables.leads),
      now,
    }),
  'receive-webhooks': ({ database: client, tables, bus, wait, now, whenTwoMeet }: Ports) => {
    const source = buildPeopleSource(whenTwoMeet);
    const secret = async () => [peopleSecret];
    const requests = { client, table: tables.requests, now };
    return receiveWebhooks({
      sources: new Map([[source.name, source]]),
      hooksUrl: 'https://hooks.example.com',
      secrets: { read: secret, readAgain: secret },
      intake: createIntake({
        identities: createIdentities({
          client,
          table: tables.identities,
          leadsTable: tables.leads,
          key: async () => 'identity-key-of-the-simulation',
          now,
          wait,
        }),
        bus: createBus({ client: bus, busName: 'bus', pause: wait }),
        quarantine: createDynamoDbQuarantine(client, tables.quarantine),
        now,
      }),
      taken: createTakenRequests(requests),
      notes: createSourceNotes(requests),
      now,
    });
  },
  'keep-identities': ({ database: client, tables }: Ports) =>
    keepIdentities({
      leads: createDynamoDbErasureReader({ client, table: tables.leads }),
      identities: createIdentityEraser({ client, table: tables.identities }),
    }),
  'plan-deliveries': ({ database: client, tables, sqs, now }: Ports) =>
    planDeliveries({
      subscriptions: subscriptionsOfWorld,
      deliveries: createDynamoDbDeliveries({ client, table: tables.deliveries }),
      poke: createPoke(sqs, 'send-deliveries'),
      now,
    }),
  'rescore-leads': ({ database: client, tables, sqs, now }: Ports) => {
    const props = { client, table: tables.leads };
    return rescoreLeads({
      rescorings: createRescorings(props),
      readPage: createLeadPageReader(client, tables.leads),
      sendToScoring: createDelayedSender(sqs, 'score-leads'),
      sendToSelf: createDelayedSender(sqs, 'rescore-leads'),
      now,
    });
  },
  'send-deliveries': ({ database: client, tables, sqs, http, wait, now }: Ports) => {
    const secrets = { read: async () => [targetSecret] };
    const memory = { read: async () => undefined, write: async () => {} };
    return sendDeliveries({
      subscriptions: subscriptionsOfWorld,
      deliveries: createDynamoDbDeliveries({ client, table: tables.deliveries }),
      readAttributes: createAttributeReader({ client, table: tables.leads, wait }),
      createTarget: (subscription) => createWebhookTarget(subscription, { secrets, memory, http, now, wait }),
      bounds: { runMs: 20_000, attemptMs: 15_000, deliveries: 20 },
      newOwner: () => `owner-${Math.random()}`,
      poke: createPoke(sqs, 'send-deliveries'),
      closeConnections: () => {},
      now,
      wait,
    });
  },
} as const;

export type FunctionName = keyof typeof starters;
