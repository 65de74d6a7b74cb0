import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalStackError, messageOf, ServiceError } from './errors.ts';
import { assertOwnOrigin } from './own-origin.ts';
import { refuseJson } from './protocols/json.ts';
import { type Answer, type Protocol, type RequestHead, targetOf } from './protocols/protocol.ts';

export interface GatewayProps {
  /** The port to listen on; 0 takes a free one. */
  readonly port: number;
  /** The protocols. The first one that matches a request answers it. */
  readonly protocols: readonly Protocol[];
  /** Returns the answer to `GET /`. */
  readonly describe: (endpoint: string) => object;
  readonly onRequest: () => void;
}

export interface Gateway {
  readonly endpoint: string;
  /** Returns the number of requests that are not answered yet. */
  readonly inFlight: () => number;
  readonly close: () => Promise<void>;
}

/** The largest body: ten entries of 1 MB, escaped. */
const maxBodyBytes = 12 * 1_048_576;

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

const parseRequestHead = (incoming: IncomingMessage): RequestHead => {
  const { method = '', url = '/', headers, headersDistinct, httpVersion, socket } = incoming;
  const [path = '/', rawQuery = ''] = url.split(/\?(.*)/s);
  const endpoint = `http://127.0.0.1:${socket.localPort}`;
  const query = new URLSearchParams(rawQuery);
  return { method, path, query, rawQuery, headers, headersDistinct, httpVersion, endpoint };
};

const send = (incoming: IncomingMessage, outgoing: ServerResponse, answer: Answer): void => {
  const { status, headers, body = '' } = answer;
  // The rest of a body that is too large isn't waited for.
  if (!incoming.complete) outgoing.setHeader('connection', 'close');
  const length = status === 204 || status === 304 ? {} : { 'content-length': Buffer.byteLength(body) };
  outgoing.writeHead(status, { ...headers, ...length }).end(body);
};

const description = (describe: GatewayProps['describe']): Protocol => ({
  speaks: ({ method, path, query }) => method === 'GET' && path === '/' && query.size === 0,
  answer: ({ endpoint }) => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(describe(endpoint)),
  }),
  refuse: refuseJson,
});

const unknown: Protocol = {
  speaks: () => true,
  answer: (head) => {
    const target = targetOf(head);
    const given = target === '' ? `${head.method} ${head.path}` : `x-amz-target ${target}`;
    throw new ServiceError(
      'UnknownOperationException',
      `${given} is unknown; allowed are GET /, the operations of DynamoDB, and some of EventBridge, ` +
        'SQS, S3, Lambda and Secrets Manager',
    );
  },
  refuse: refuseJson,
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
 * Starts one endpoint on 127.0.0.1 that speaks the protocols of AWS's services to the clients of AWS's SDKs.
 *
 * @throws LocalStackError `PORT_TAKEN`
 */
export const startGateway = async (props: GatewayProps): Promise<Gateway> => {
  const protocols = [description(props.describe), ...props.protocols];
  let inFlight = 0;

  const answer = async (incoming: IncomingMessage): Promise<Answer> => {
    const head = parseRequestHead(incoming);
    const { answer, refuse, isLinked } = protocols.find(({ speaks }) => speaks(head)) ?? unknown;
    try {
      assertOwnOrigin(incoming, isLinked?.(head));
      return await answer({ ...head, body: await readBody(incoming) });
    } catch (error) {
      return refuse(error);
    }
  };

  const server = createServer({ keepAliveTimeout: 60_000 }, async (incoming, outgoing) => {
    inFlight += 1;
    props.onRequest();
    try {
      send(incoming, outgoing, await answer(incoming));
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
      for (const protocol of protocols) protocol.close?.();
      await closed;
    },
  };
};
