import type { BusEvent } from '../../events/index.ts';
import type { WebhookRequest } from '../../functions/receive-webhooks/read-request.ts';
import { receiveWebhooks } from '../../functions/receive-webhooks/receive-webhooks.ts';
import { createTakenRequests } from '../../functions/receive-webhooks/taken-requests.ts';
import type { GatewayAnswer } from '../../shared/api/index.ts';
import type { Bus } from '../../shared/bus/index.ts';
import type { Item } from '../../shared/dynamodb/index.ts';
import { createIdentities } from '../../shared/identity/index.ts';
import { createIntake, type IntakeDeps } from '../../shared/intake/index.ts';
import { createDynamoDbQuarantine } from '../../shared/quarantine/index.ts';
import { createSourceNotes } from '../../shared/source-status/index.ts';
import type { WebhookSource } from '../../shared/sources/index.ts';
import { kinds } from '../../shared/webhooks/kinds.ts';
import type { WebhookKind } from '../../shared/webhooks/webhook.ts';
import { now as usualNow } from './events.ts';
import { memoryClient } from './memory-dynamodb.ts';
import { createRecordingBus } from './recording-bus.ts';
import { indexes } from './tables.ts';
import { buildReceived, buildSource, hooksUrl, samples, secretOf } from './webhooks.ts';

export const webhookKinds = Object.keys(kinds) as WebhookKind[];

/** Returns a webhook as the HTTP API passes it to the function. */
export const webhookRequest = (
  source: string,
  { kind = source as WebhookKind, body, headers, method = 'POST' }: WebhookProps = {},
): WebhookRequest => {
  const received = buildReceived(kind, body ?? samples[kind]);
  return {
    routeKey: `${method} /hooks/{source}`,
    rawPath: `/hooks/${source}`,
    headers: { ...received.headers, ...headers },
    pathParameters: { source },
    requestContext: { requestId: 'request-1', http: { method } },
    body: received.body.toString(),
  };
};

interface WebhookProps {
  /** The kind whose vendor signs. @default that of the source's name */
  readonly kind?: WebhookKind;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

export interface WebhookWorld {
  readonly send: (request: WebhookRequest) => Promise<GatewayAnswer>;
  /** The events that were put on the bus. */
  readonly taken: BusEvent[];
  /** Returns the items of a table. */
  readonly items: (table: 'requests' | 'quarantine' | 'identities') => Item[];
  /** Returns all items as text, but for the status of the sources, which refused requests change. */
  readonly stored: () => string;
  /** The live secrets by name. */
  readonly secrets: Map<string, readonly string[]>;
  /** The number of times that the secrets were asked for again. */
  readonly readAgain: () => number;
  /** The deployed sources by name. */
  readonly sources: Map<string, WebhookSource>;
  /** Moves the clock on, in milliseconds. */
  readonly pass: (ms: number) => void;
  readonly client: ReturnType<typeof memoryClient>;
}

interface WorldProps {
  /** @default one of each kind */
  readonly sources?: readonly WebhookSource[];
  readonly createBus?: (taken: BusEvent[]) => Bus;
  /** Replaces parts of the intake. */
  readonly intake?: Partial<IntakeDeps>;
}

/** Creates receive-webhooks over tables in memory, with a source of each kind, named like it. */
export const createWebhookWorld = ({
  sources = webhookKinds.map((kind) => buildSource(kind)),
  createBus = createRecordingBus,
  intake = {},
}: WorldProps = {}): WebhookWorld => {
  let time = usualNow;
  const now = () => time;
  const client = memoryClient({ tables: { ...indexes, identities: [] } });
  const taken: BusEvent[] = [];
  const secrets = new Map(sources.map(({ secret, kind }) => [secret, [secretOf(kind)] as readonly string[]]));
  let again = 0;
  const requests = { client, table: 'requests', now };
  const key = async () => 'the identity key of the tests';
  const deployed = new Map(sources.map((source) => [source.name, source]));
  const handle = receiveWebhooks({
    sources: deployed,
    hooksUrl,
    secrets: {
      read: async (name) => secrets.get(name) ?? [],
      readAgain: async (name) => {
        again++;
        return secrets.get(name) ?? [];
      },
    },
    intake: createIntake({
      identities: createIdentities({ client, table: 'identities', leadsTable: 'leads', key, now }),
      bus: createBus(taken),
      quarantine: createDynamoDbQuarantine(client, 'quarantine'),
      now,
      ...intake,
    }),
    taken: createTakenRequests(requests),
    notes: createSourceNotes(requests),
    now,
  });
  const isStatus = ({ pk }: Item): boolean => pk?.S === 'SOURCES';
  const tables = ['requests', 'quarantine', 'identities'] as const;
  return {
    send: handle,
    taken,
    items: (table) => client.memory.items(table),
    stored: () =>
      JSON.stringify(tables.flatMap((table) => client.memory.items(table)).filter((item) => !isStatus(item))),
    secrets,
    sources: deployed,
    readAgain: () => again,
    pass: (ms) => {
      time += ms;
    },
    client,
  };
};
