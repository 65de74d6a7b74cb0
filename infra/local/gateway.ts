import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { localSignature } from './dynamodb-wire.ts';
import { LocalStackError, messageOf, ServiceError } from './errors.ts';

export interface GatewayProps {
  /** 0 takes a free one. */
  readonly port: number;
  readonly dynamodbEndpoint: string;
  readonly putEvents: (entries: unknown) => object;
  /** What `GET /` answers. */
  readonly describe: () => object;
  readonly onRequest: () => void;
}

export interface Gateway {
  readonly endpoint: string;
  /** Requests that are not answered yet. */
  readonly inFlight: () => number;
  readonly close: () => Promise<void>;
}

/** Ten entries of 1 MB, escaped. */
const maxBodyBytes = 12 * 1_048_576;
const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * A web page can make a browser send requests here, under a name of its own that it points to 127.0.0.1 as well.
 * Only what was addressed to this machine by this machine is answered.
 */
const checkOrigin = ({ headers }: IncomingMessage): void => {
  const { host = '', origin } = headers;
  const from = origin?.replace(/^https?:\/\//, '');
  if (loopback.test(host) && (from === undefined || loopback.test(from))) return;
  const given = `Host ${JSON.stringify(host)}${origin === undefined ? '' : `, Origin ${JSON.stringify(origin)}`}`;
  throw new ServiceError(
    'AccessDeniedException',
    `${given} is refused; allowed are localhost, 127.0.0.1 and [::1]`,
  );
};

const readBody = async (incoming: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) {
      throw new ServiceError('RequestEntityTooLargeException', `the body is over ${maxBodyBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const sendJson = (outgoing: ServerResponse, status: number, body: object): void => {
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  const type =
    status === 200 && outgoing.req.method === 'GET' ? 'application/json' : 'application/x-amz-json-1.1';
  outgoing.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
};

const parseEntries = (body: Buffer): unknown => {
  try {
    return (JSON.parse(body.toString('utf8')) as { Entries?: unknown } | null)?.Entries;
  } catch (error) {
    throw new ServiceError('SerializationException', `the body is not JSON: ${messageOf(error)}`);
  }
};

const isDynamoDb = (target: string): boolean => /^DynamoDB(Streams)?_20120810\.\w+$/.test(target);

const refuse = (outgoing: ServerResponse, error: unknown): void => {
  const known = error instanceof ServiceError;
  // The rest of a body that is too large isn't waited for.
  outgoing.setHeader('connection', 'close');
  sendJson(outgoing, known ? 400 : 500, {
    __type: known ? error.type : 'InternalFailure',
    message: messageOf(error),
  });
};

const listen = async (server: ReturnType<typeof createServer>, port: number): Promise<number> => {
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    const why = taken ? 'is taken' : `can't be used (${messageOf(error)})`;
    throw new LocalStackError(
      'PORT_TAKEN',
      `port ${port} on 127.0.0.1 ${why}; choose another one with --port`,
      {
        cause: error,
      },
    );
  }
};

/**
 * One endpoint on 127.0.0.1 that speaks AWS's JSON protocol: PutEvents goes to the bus, DynamoDB to the engine.
 *
 * @throws LocalStackError `PORT_TAKEN`
 */
export const startGateway = async (props: GatewayProps): Promise<Gateway> => {
  const agent = new Agent({ keepAlive: true });
  let inFlight = 0;

  const forward = (target: string, body: Buffer, outgoing: ServerResponse): Promise<void> =>
    new Promise((resolve, reject) => {
      const headers = {
        ...localSignature,
        'x-amz-target': target,
        'content-type': 'application/x-amz-json-1.0',
      };
      const onward = request(props.dynamodbEndpoint, { method: 'POST', agent, headers }, (answer) => {
        const { 'transfer-encoding': _, connection: __, ...kept } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 502, kept);
        answer.on('error', reject).pipe(outgoing);
      });
      onward.on('error', reject);
      // Also when the client is gone before its answer.
      outgoing.on('close', resolve);
      onward.end(body);
    });

  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    checkOrigin(incoming);
    if (incoming.method === 'GET' && incoming.url === '/') return sendJson(outgoing, 200, props.describe());
    const target = String(incoming.headers['x-amz-target'] ?? '');
    const body = await readBody(incoming);
    if (target === 'AWSEvents.PutEvents') return sendJson(outgoing, 200, props.putEvents(parseEntries(body)));
    if (isDynamoDb(target)) return forward(target, body, outgoing);
    const given = target === '' ? `${incoming.method} ${incoming.url}` : `x-amz-target ${target}`;
    throw new ServiceError(
      'UnknownOperationException',
      `${given} is unknown; allowed are GET /, AWSEvents.PutEvents and the operations of DynamoDB`,
    );
  };

  const server = createServer({ keepAliveTimeout: 60_000 }, async (incoming, outgoing) => {
    inFlight += 1;
    props.onRequest();
    try {
      await handle(incoming, outgoing);
    } catch (error) {
      refuse(outgoing, error);
    } finally {
      inFlight -= 1;
    }
  });
  const port = await listen(server, props.port);

  return {
    endpoint: `http://127.0.0.1:${port}`,
    inFlight: () => inFlight,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
};
