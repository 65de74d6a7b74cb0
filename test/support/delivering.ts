import type { BusEvent } from '../../events/index.ts';
import { planDeliveries } from '../../functions/plan-deliveries/plan-deliveries.ts';
import { createTarget } from '../../functions/send-deliveries/create-target.ts';
import { createAttributeReader } from '../../functions/send-deliveries/read-attributes.ts';
import { sendDeliveries } from '../../functions/send-deliveries/send-deliveries.ts';
import type { Command } from '../../infra/local/engine/memory/memory-dynamodb.ts';
import { parseDelivery } from '../../shared/deliveries/delivery-items.ts';
import {
  createDynamoDbDeliveries,
  createTargetMemory,
  type Delivery,
  type HttpAnswer,
  type HttpRequest,
  type HttpSender,
  type Subscription,
} from '../../shared/deliveries/index.ts';
import { canonical, S } from '../../shared/dynamodb/index.ts';
import { stateKey, subscriptionPartition } from '../../shared/keys/index.ts';
import { buildBatch, failedIds } from './deliveries.ts';
import { createClient, memoryClient } from './memory-dynamodb.ts';
import { indexes } from './tables.ts';

/** A secret of Standard Webhooks' own tests. */
export const webhookSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

export const subscribe = (given: Partial<Subscription> = {}): Subscription => ({
  name: 'crm',
  owner: 'Sales operations',
  events: ['LeadTierChanged', 'LeadStageTransitioned', 'HandoffRequested', 'LeadErased'],
  attributes: [],
  target: { kind: 'webhook', url: 'https://crm.example.com/hook' },
  secret: 'crm',
  pauseAfter: { failures: 100, hours: 24 },
  ...given,
});

const standing = {
  stage: 'mql',
  status: 'active',
  tier: 'good',
  score: 61.5,
  coverage: 0.7,
  modelVersion: 'success-ready@1',
  action: { kind: 'none' },
  actionChanged: false,
} as const;

/** The data of each type beside the position and the standing. */
const dataOf = {
  LeadTierChanged: { ...standing, from: 'risky', to: 'good', direction: 'up', reasons: [] },
  LeadStageTransitioned: { ...standing, from: 'lead', to: 'mql', kind: 'advanced', trigger: 'activity' },
  LeadErased: { action: { kind: 'none' }, actionChanged: true },
  LeadRedirected: { action: { kind: 'none' }, actionChanged: true, mergedInto: 'l-9' },
  NurtureStarted: { track: 'mql-nurture' },
  NurtureStopped: { track: 'mql-nurture' },
  HandoffExpired: {
    handoffId: 'h-1',
    queue: 'sales',
    dueAt: '2026-03-02T09:00:00.000Z',
    deadline: 1,
    followedBy: 'escalate',
    escalatedTo: 'ada-lovelace',
    tier: 'good',
  },
  HandoffRequested: {
    handoffId: 'h-1',
    queue: 'sales',
    dueAt: '2026-03-02T09:00:00.000Z',
    stage: 'mql',
    tier: 'good',
    score: 61.5,
    attributes: { name: 'Ada' },
  },
} as const;

export interface AnnouncementInput {
  readonly type?: keyof typeof dataOf;
  readonly leadId?: string;
  readonly version?: number;
  readonly ordinal?: number;
  readonly at?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Returns an announcement. Its id is made of its lead, position and type. */
export const announceDelivery = ({
  type = 'LeadTierChanged',
  leadId = 'l-1',
  version = 1,
  ordinal = 0,
  at = '2026-03-01T09:00:00.000Z',
  data = {},
}: AnnouncementInput = {}): BusEvent => ({
  source: 'sluice',
  'detail-type': type,
  time: at,
  detail: {
    metadata: { eventId: `${leadId}-${version}-${ordinal}-${type}`, occurredAt: at, schemaVersion: 1 },
    data: { leadId, version, ordinal, ...dataOf[type], ...data },
  },
});

/** A request that a target got, with what it says. */
export interface Received {
  readonly eventId: string;
  readonly leadId: string;
  readonly version: number;
  readonly type: string;
  readonly request: HttpRequest;
  readonly at: number;
}

type Answering = (received: Received) => HttpAnswer | Promise<HttpAnswer>;

export const answered = (
  status: number,
  rest: { readonly headers?: Record<string, string>; readonly retryAfterMs?: number } = {},
): HttpAnswer => ({ kind: 'answered', status, headers: {}, body: '', ...rest });

interface WorldProps {
  readonly subscriptions?: readonly Subscription[];
  readonly isStale?: () => boolean;
  /** Called before each call of the database, by each worker. It may throw, as if the process had ended. */
  readonly beforeCall?: (command: Command) => Promise<void> | void;
  /** The most deliveries of a run. @default 1,000 */
  readonly most?: number;
  /** Sends requests. @default to the target that is scripted */
  readonly sender?: HttpSender;
}

/** Creates tables in memory, a clock that stands still, and both functions of deliveries over a target that is scripted. */
export const createDeliveryWorld = ({
  subscriptions = [subscribe()],
  isStale,
  beforeCall,
  most = 1_000,
  sender,
}: WorldProps = {}) => {
  const clock = { now: Date.parse('2026-03-01T10:00:00.000Z') };
  const stored = memoryClient({
    tables: { deliveries: indexes.deliveries, leads: indexes.leads },
    now: () => clock.now,
    ...(isStale !== undefined && { isStale }),
  });
  const client = createClient(async (command) => {
    await beforeCall?.(command);
    return stored.memory.execute(command);
  });
  const deliveries = createDynamoDbDeliveries({ client, table: 'deliveries' });
  const received: Received[] = [];
  const script: { answer: Answering; secrets: readonly string[] } = {
    answer: () => answered(204),
    secrets: [webhookSecret],
  };
  const http = {
    send: async (request: HttpRequest) => {
      const { type, data } = JSON.parse(request.body) as {
        type: string;
        data: { leadId: string; version: number };
      };
      const got: Received = {
        eventId: request.headers['webhook-id'] as string,
        leadId: data.leadId,
        version: data.version,
        type,
        request,
        at: clock.now,
      };
      received.push(got);
      return script.answer(got);
    },
    close: () => undefined,
  };
  const pokes: string[] = [];
  const waits: number[] = [];
  const poke = async (name: string) => {
    pokes.push(name);
  };
  const now = () => clock.now;
  let owners = 0;
  const plan = planDeliveries({ subscriptions, deliveries, poke, now });
  const send = sendDeliveries({
    subscriptions,
    deliveries,
    poke,
    now,
    readAttributes: createAttributeReader({ client, table: 'leads' }),
    createTarget: (subscription) =>
      createTarget(subscription, {
        secrets: { read: async () => script.secrets },
        memory: createTargetMemory({ client, table: 'deliveries', subscription: subscription.name, now }),
        http: sender ?? http,
        now,
        wait: async () => undefined,
      }),
    bounds: { runMs: 60_000, attemptMs: 20_000, deliveries: most },
    closeConnections: () => undefined,
    newOwner: () => `worker-${owners++}`,
    wait: async (ms) => {
      waits.push(ms);
    },
  });
  const items = () => stored.memory.items('deliveries');
  return {
    clock,
    stored,
    deliveries,
    received,
    script,
    pokes,
    /** The pauses in milliseconds that a worker has made. */
    waits,
    plan: async (...events: readonly BusEvent[]) => failedIds(await plan(buildBatch(...events))),
    send: async (body: unknown = {}) => failedIds(await send(buildBatch(body))),
    /** Lets time pass, and has the schedule of each minute run. */
    pass: async (minutes: number) => {
      for (let i = 0; i < minutes; i++) {
        clock.now += 60_000;
        await send(buildBatch({}));
      }
    },
    /** Returns the deliveries of a subscription, by lead and position. */
    all: (subscription = 'crm'): Delivery[] =>
      items()
        .filter(
          ({ pk, sk }) => pk?.S === subscriptionPartition(subscription) && sk?.S?.startsWith('DELIVERY#'),
        )
        .map(parseDelivery),
    items,
    /** Stores attributes of a lead. */
    know: (leadId: string, attributes: Readonly<Record<string, unknown>>) => {
      const { pk, sk } = stateKey(leadId);
      const dated = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, [value, 0]]));
      const Item = { pk: S(pk), sk: S(sk), facts: S(canonical({ attributes: dated })) };
      stored.memory.operations.PutItem({ TableName: 'leads', Item } as never);
    },
    forget: (leadId: string) => {
      const { pk, sk } = stateKey(leadId);
      stored.memory.operations.PutItem({
        TableName: 'leads',
        Item: { pk: S(pk), sk: S(sk), status: S('erased') },
      } as never);
    },
  };
};
