import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Connection } from '../../cli/stack/connect.ts';
import type { RunningStack } from '../../cli/stack/run-stack.ts';
import { envelope, type PutEventsEntry } from '../../infra/local/put-events.ts';
import { buildBatch, type ScoringWorld } from './deliveries.ts';
import { testKey } from './identity-world.ts';

interface Request {
  readonly constructor: { readonly name: string };
  readonly input: {
    readonly Entries?: readonly { readonly Source?: string }[];
    readonly SecretId?: string;
  };
}

type Answer = (name: string, input: Request['input']) => object;

/** Returns a client of AWS that answers by the name of the command, and asks nobody. */
const answering = <T>(client: T, answer: Answer): T =>
  Object.assign(client as object, {
    send: async (command: Request) => answer(command.constructor.name, command.input),
  }) as T;

const region = { region: 'us-east-1' };

const denied = (message: string): Error =>
  Object.assign(new Error(message), { name: 'AccessDeniedException', $metadata: {} });

const namedQueue = (name: string) => ({
  [`${name}DeadLettersUrl`]: `http://127.0.0.1/${name}`,
  [`${name}QueueUrl`]: `http://127.0.0.1/${name}`,
});

/**
 * Returns a connection to a stack whose tables are in memory, and whose services answer with a stranger's texts: names
 * of queues and objects, error messages, and what functions return.
 */
export const hostileConnection = ({ stores }: ScoringWorld, next: () => string): Connection => {
  const outputs = {
    ...namedQueue('ScoreLeads'),
    ...namedQueue(next().replaceAll('\n', ' ')),
    IdentitiesTableName: 'identities',
    FailedRecordsBucketName: next(),
    PublishChangesFunctionName: next(),
    AnchorHeadsFunctionName: next(),
    RecountFunnelFunctionName: next(),
    CheckDriftFunctionName: next(),
    AnchorsBucketName: next(),
    DeliveriesTableName: 'deliveries',
    RequestsTableName: 'requests',
  };
  const text = () => ({ transformToString: async () => next() });
  return {
    dynamodb: stores.client,
    leadsTable: 'leads',
    quarantineTable: 'quarantine',
    busName: 'bus',
    now: Date.now,
    outputs,
    output: (name) => (outputs as Record<string, string>)[name] ?? name,
    disconnect: () => {},
    bus: answering(new EventBridgeClient(region), (_name, { Entries = [] }) => {
      if ((Entries[0]?.Source?.length ?? 0) % 2 === 1) throw denied(next());
      return { FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: next() })) };
    }),
    sqs: async () =>
      answering(new SQSClient(region), (name) =>
        name === 'GetQueueAttributesCommand' ? { Attributes: { ApproximateNumberOfMessages: '3' } } : {},
      ),
    s3: async () =>
      answering(new S3Client(region), (name) =>
        name === 'ListObjectsV2Command'
          ? {
              Contents: [
                { Key: next(), LastModified: new Date(0) },
                { Key: `anchors/${next()}/manifest.json` },
              ],
            }
          : { Body: text() },
      ),
    lambda: async () =>
      answering(new LambdaClient(region), () => ({
        Payload: { transformToString: () => JSON.stringify({ manifest: next(), leads: 1, parts: 1 }) },
      })),
    secretsManager: async () =>
      answering(new SecretsManagerClient(region), (_name, { SecretId }) => ({
        SecretString: SecretId === 'IdentityKeyArn' ? testKey : JSON.stringify({ hubspot: [next()] }),
      })),
  };
};

/** Returns a running local stack over a world in memory; all its functions are one, which scores. */
export const memoryStack = (world: ScoringWorld): RunningStack => {
  const waiting: object[] = [];
  const putEvents = (entries: readonly PutEventsEntry[]) => {
    waiting.push(...entries.map((entry) => envelope(entry, Date.now())));
    return { FailedEntryCount: 0, Entries: entries.map(() => ({ EventId: 'id' })) };
  };
  return {
    stack: {
      endpoint: 'http://127.0.0.1:8010',
      bus: 'bus',
      outputs: { PeopleApiUrl: 'http://127.0.0.1:8010' },
      now: Date.now,
      schedules: { start: () => {}, runOnce: async () => {} },
      engine: { kind: 'memory', platform: 'here', why: 'this test has no engine' },
      putEvents,
      queues: () => ({}),
      counts: () => ({}),
      idle: async () => {
        for (const event of waiting.splice(0)) await world.score(buildBatch(event));
      },
    } as never,
    client: world.stores.client,
    leadsTable: 'leads',
    quarantineTable: 'quarantine',
    counters: { read: () => {}, of: () => 0 },
    close: async () => {},
  };
};

/** Starts a server that a command takes for a local stack: it gives a token, or a stranger's texts in place of one. */
export const startHostileIssuer = async (next: () => string) => {
  let asked = 0;
  const answers = [
    { token: 'a.b-c._d' },
    () => ({ token: next() }),
    () => ({ message: next() }),
    () => next(),
  ];
  const server = createServer((request, response) => {
    if (request.method === 'GET') return response.end(JSON.stringify({ name: 'sluice', outputs: {} }));
    const answer = answers[asked++ % answers.length];
    return response.end(JSON.stringify(typeof answer === 'function' ? answer() : answer));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, close: () => void server.close() };
};
