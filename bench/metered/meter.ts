import { hash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PutEventsEntry } from '../../infra/local/put-events.ts';
import { benchSecrets } from '../integrations.ts';

/** The billable usage of AWS services by functions. */
export interface Consumed {
  /** The write units of tables and indexes. */
  writeUnits: number;
  /** Those of them that updates of single items consume, outside transactions. */
  updateUnits: number;
  readUnits: number;
  /** The number of requests by operation, such as `TransactWriteItems`. */
  requests: Record<string, number>;
  /** The entries put on the bus. */
  announcements: PutEventsEntry[];
  /** The messages sent to queues. */
  sent: SentMessage[];
}

/** A message that a function sent straight to a queue. */
interface SentMessage {
  readonly queueUrl: string;
  readonly body: string;
}

export interface Meter {
  readonly endpoint: string;
  /** Returns the usage since the last call. */
  readonly take: () => Consumed;
  readonly close: () => Promise<void>;
}

interface Capacity {
  readonly CapacityUnits?: number;
}

const nothing = (): Consumed => ({
  writeUnits: 0,
  updateUnits: 0,
  readUnits: 0,
  requests: {},
  announcements: [],
  sent: [],
});

/** Adds up two usages. */
export const addConsumed = (a: Consumed, b: Consumed): Consumed => ({
  writeUnits: a.writeUnits + b.writeUnits,
  updateUnits: a.updateUnits + b.updateUnits,
  readUnits: a.readUnits + b.readUnits,
  requests: Object.fromEntries(
    [...Object.keys(a.requests), ...Object.keys(b.requests)].map((name) => [
      name,
      (a.requests[name] ?? 0) + (b.requests[name] ?? 0),
    ]),
  ),
  announcements: [...a.announcements, ...b.announcements],
  sent: [...a.sent, ...b.sent],
});

const reading = new Set(['BatchGetItem', 'GetItem', 'Query', 'Scan', 'TransactGetItems']);

const readBody = async (incoming: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Forwards a request to the engine, and asks for the capacity that it consumes. */
const forward = async (
  engine: string,
  target: string,
  headers: IncomingMessage['headers'],
  input: object,
): Promise<{ status: number; body: Buffer }> => {
  const body = JSON.stringify({ ...input, ReturnConsumedCapacity: 'TOTAL' });
  const { host: _, 'content-length': __, ...others } = headers;
  const outgoing = request(engine, {
    method: 'POST',
    headers: { ...others, 'x-amz-target': target, 'content-length': Buffer.byteLength(body) },
  });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 0, body: await readBody(answer) };
};

const countDatabase = (consumed: Consumed, operation: string, body: Buffer): void => {
  const { ConsumedCapacity } = JSON.parse(body.toString('utf8')) as {
    ConsumedCapacity?: Capacity | readonly Capacity[];
  };
  // The answer to a refused request has none; the requests of the flows are not refused.
  const units = [ConsumedCapacity ?? []]
    .flat()
    .reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
  consumed[reading.has(operation) ? 'readUnits' : 'writeUnits'] += units;
  if (operation === 'UpdateItem') consumed.updateUnits += units;
};

interface SentEntry {
  readonly Id?: string;
  readonly MessageBody: string;
}

/** One message, or several. */
type SendMessages = { readonly QueueUrl: string } & (SentEntry | { readonly Entries: readonly SentEntry[] });

/** Counts the messages of a request to a queue, and returns the answer that all of them were taken. */
const countMessages = (consumed: Consumed, input: SendMessages): object => {
  const entries = 'Entries' in input ? input.Entries : [input];
  consumed.sent.push(...entries.map(({ MessageBody }) => ({ queueUrl: input.QueueUrl, body: MessageBody })));
  const Successful = entries.map(({ Id = '', MessageBody }) => ({
    Id,
    MessageId: Id,
    MD5OfMessageBody: hash('md5', MessageBody, 'hex'),
  }));
  return 'Entries' in input ? { Successful, Failed: [] } : (Successful[0] ?? {});
};

const emptyListing =
  '<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>';

/**
 * Starts a proxy between functions and the services. It counts the capacity that DynamoDB consumes as the engine
 * reports it, accepts everything put on the bus, into queues and into buckets, and has a value for every secret. Functions run in processes of their own, so that
 * the proxy's work doesn't count as theirs.
 */
export const startMeter = async (engine: string, secret = JSON.stringify(benchSecrets)): Promise<Meter> => {
  let consumed = nothing();
  const count = (operation: string): void => {
    consumed.requests[operation] = (consumed.requests[operation] ?? 0) + 1;
  };
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const target = String(incoming.headers['x-amz-target'] ?? '');
    const [service = '', operation = `${incoming.method}Object`] = target.split('.');
    const body = await readBody(incoming);
    count(operation);
    if (service.startsWith('DynamoDB')) {
      const result = await forward(engine, target, incoming.headers, JSON.parse(body.toString('utf8')));
      countDatabase(consumed, operation, result.body);
      outgoing.writeHead(result.status, { 'content-type': 'application/x-amz-json-1.0' }).end(result.body);
    } else if (service === 'AWSEvents') {
      const { Entries } = JSON.parse(body.toString('utf8')) as { Entries: PutEventsEntry[] };
      consumed.announcements.push(...Entries);
      const ids = Entries.map((_, i) => ({ EventId: `${i}` }));
      outgoing
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify({ FailedEntryCount: 0, Entries: ids }));
    } else if (service === 'AmazonSQS') {
      const answered = countMessages(consumed, JSON.parse(body.toString('utf8')));
      outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answered));
    } else if (service === 'secretsmanager') {
      outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      outgoing.end(JSON.stringify({ SecretString: secret }));
    } else {
      outgoing.writeHead(200, { 'content-type': 'application/xml' });
      outgoing.end(incoming.method === 'GET' ? emptyListing : '');
    }
  };
  const server: Server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => outgoing.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: () => {
      const taken = consumed;
      consumed = nothing();
      return taken;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
