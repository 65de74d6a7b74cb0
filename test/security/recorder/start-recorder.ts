import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { parseUses } from './parse-uses.ts';
import type { RecordedRequest, RecordedUse } from './use.ts';

export interface Recorder {
  /** The endpoint that functions use for AWS. */
  readonly endpoint: string;
  /** Sets the endpoint that calls are forwarded to. Earlier calls wait for it. */
  readonly forwardTo: (endpoint: string) => void;
  /** Returns all rights that were used so far, in the order of the calls. */
  readonly uses: () => readonly RecordedUse[];
  /** Returns the calls that couldn't be read, each with its reason: while there is one, the uses are incomplete. */
  readonly unread: () => readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * Returns the function that made a call. Functions have their name in AWS_SDK_UA_APP_ID, which the SDK puts into its
 * user agent with `-` for `/`.
 */
const parseCaller = ({ headers }: IncomingMessage): string => {
  const agent = `${headers['x-amz-user-agent'] ?? ''} ${headers['user-agent'] ?? ''}`;
  return /(?:^|\s)app\/(\S+?)-PTEnv/.exec(agent)?.[1] ?? 'nobody';
};

const read = ({ method = '', url = '/', headers }: IncomingMessage, body: Buffer): RecordedRequest => {
  const [path = '/', query = ''] = url.split(/\?(.*)/s);
  return { method, path, query: new URLSearchParams(query), headers, body };
};

const handOn = (to: string, incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): void => {
  const { method, url = '/' } = incoming;
  const headers = { ...incoming.headers, host: new URL(to).host };
  request(new URL(url, to), { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  })
    .on('error', (error) => outgoing.destroy(error))
    .end(body);
};

/**
 * Starts a proxy on 127.0.0.1 between functions and AWS, or an emulator, which records for each call the caller and the
 * rights that IAM would have checked. It recognizes functions by their user agent, so it works wherever an endpoint can
 * be set.
 */
export const startRecorder = async (): Promise<Recorder> => {
  const uses: RecordedUse[] = [];
  const unread: string[] = [];
  let forwardTo: (endpoint: string) => void = () => undefined;
  const target = new Promise<string>((known) => {
    forwardTo = known;
  });

  const note = (incoming: IncomingMessage, body: Buffer): void => {
    const caller = parseCaller(incoming);
    try {
      const { operation, uses: made } = parseUses(read(incoming, body));
      uses.push(...made.map((use) => ({ caller, operation, ...use })));
    } catch (error) {
      unread.push(`${caller}: ${(error as Error).message}`);
    }
  };
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming);
    note(incoming, body);
    handOn(await target, incoming, body, outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forwardTo,
    uses: () => uses,
    unread: () => unread,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
