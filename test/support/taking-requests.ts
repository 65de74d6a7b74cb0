import type { Operation } from '../../events/api/index.ts';
import { type BusEvent, outboundContracts, parseAction } from '../../events/index.ts';
import { handOff } from '../../functions/hand-off/hand-off.ts';
import { takeRequests } from '../../functions/take-requests/take-requests.ts';
import type { GatewayAnswer } from '../../shared/api/index.ts';
import type { Bus } from '../../shared/bus/index.ts';
import type { Item } from '../../shared/dynamodb/index.ts';
import { createDynamoDbFollowUps, type HandoffRequest } from '../../shared/follow-ups/index.ts';
import { createDynamoDbRequests, type Requests } from '../../shared/requests/index.ts';
import { apiRequest, bodyOf, type RequestProps } from './api-request.ts';
import { buildBatch, createScoringWorld, deliver, failedIds, type ScoringWorld } from './deliveries.ts';
import { buildEntry, now } from './events.ts';
import { buildRequest, noBrief, readPlainPolicy } from './handoffs.ts';
import { createMemoryBucket } from './memory-bucket.ts';
import type { memoryClient } from './memory-dynamodb.ts';
import { createRecordingBus } from './recording-bus.ts';

export interface TakingWorld {
  readonly scoring: ScoringWorld;
  /** The events that the API has put on the bus, in order. */
  readonly taken: BusEvent[];
  readonly send: (operation: Operation, props?: RequestProps) => Promise<GatewayAnswer>;
  /** Returns the items of the requests table. */
  readonly stored: () => Item[];
  /** Lets the functions follow what the API has put since the last time. */
  readonly settle: () => Promise<void>;
  /** Records a lead with these attributes. Its version is 1. */
  readonly addLead: (
    leadId: string,
    attributes?: Readonly<Record<string, string | readonly string[]>>,
  ) => Promise<void>;
  /** Opens a hand-off of a lead: h-1 of the queue sales, unless the test says otherwise. */
  readonly addHandoff: (leadId: string, request?: Partial<HandoffRequest>) => Promise<void>;
  readonly requests: Requests;
  /** Moves the clock on, in milliseconds. */
  readonly pass: (ms: number) => void;
}

/** A bus that takes nothing. */
export const brokenBus = (): Bus => ({ publish: () => Promise.reject(new Error('no network')) });

/** Creates take-requests over tables in memory, with the functions that follow what it puts on the bus. */
export const createTakingWorld = (
  createBus: (taken: BusEvent[]) => Bus = createRecordingBus,
): TakingWorld => {
  let time = now;
  const scoring = createScoringWorld({ now: () => time });
  const client = scoring.stores.client as ReturnType<typeof memoryClient>;
  client.memory.addTable('requests', []);
  const taken: BusEvent[] = [];
  const requests = createDynamoDbRequests({ client, table: 'requests', now: () => time });
  let ids = 0;
  const handle = takeRequests({
    client,
    leadsTable: 'leads',
    requests,
    bus: createBus(taken),
    anchors: createMemoryBucket(),
    now: () => time,
    newId: () => `id-${++ids}`,
  });
  const followUps = createDynamoDbFollowUps(client, 'leads');
  const follow = handOff({ followUps, readPolicy: readPlainPolicy, prepareBrief: noBrief, now: () => time });
  let settled = 0;
  let leads = 0;
  return {
    scoring,
    taken,
    requests,
    send: (operation, props) => handle(apiRequest(operation, props)),
    stored: () => client.memory.items('requests'),
    settle: async () => {
      const events = taken.slice(settled);
      settled = taken.length;
      await deliver(scoring, ...events);
      const verdicts = events.filter((event) => event['detail-type'].startsWith('Handoff'));
      if (failedIds(await follow(buildBatch(...verdicts))).length > 0)
        throw new Error('a verdict was not followed');
    },
    addLead: (leadId, attributes = { country: 'DE' }) =>
      deliver(
        scoring,
        buildEntry({ type: 'LeadProfileUpdated', data: { leadId, attributes }, id: `lead-${++leads}` }),
      ),
    addHandoff: async (leadId, request = {}) => {
      const { sampleEvent } = outboundContracts.LeadTierChanged;
      const { detail } = sampleEvent;
      const action = { kind: 'handoff', queue: 'sales', dueHours: 24 };
      const announced = {
        ...sampleEvent,
        detail: { ...detail, data: { ...detail.data, leadId, version: 1, action } },
      };
      await followUps.openHandoff(parseAction(announced), buildRequest(request), time);
    },
    pass: (ms) => {
      time += ms;
    },
  };
};

/** Returns the name and the status of the problem in an answer; undefined if it is none. */
export const problemOf = (answer: GatewayAnswer): string | undefined =>
  answer.statusCode < 400
    ? undefined
    : `${answer.statusCode} ${String(bodyOf(answer).type).split(':').at(-1)}`;
