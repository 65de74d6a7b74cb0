import { request } from 'node:http';
import { localSignature } from '../local-signature.ts';
import { type Connect, createAgent } from './connection.ts';

/** An answer of DynamoDB's JSON protocol. */
interface EngineAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Answers a request: the operation as in `x-amz-target`, such as `DynamoDB_20120810.ListTables`, and its body. */
export type AnswerRequest = (target: string, body: string | Buffer) => EngineAnswer;

/** The way to an engine. */
export interface EngineAddress {
  /** The URL of the engine. Without `connect` and `answer`, every program of this machine may use it. */
  readonly endpoint: string;
  /** Opens a connection to an engine that is isolated: its endpoint means nothing to other processes. */
  readonly connect?: Connect;
  /** Answers for an engine inside this process, which has no address at all. */
  readonly answer?: AnswerRequest;
}

export interface EngineClient {
  readonly send: (target: string, body: string | Buffer) => Promise<EngineAnswer>;
  readonly close: () => void;
}

/** Whether other programs of this machine can't reach an engine. */
export const isPrivate = ({ connect, answer }: EngineAddress): boolean => (connect ?? answer) !== undefined;

/** Names an engine, by its address if that means something on this machine. */
export const nameEngine = (address: EngineAddress): string =>
  isPrivate(address) ? 'the DynamoDB engine' : `the DynamoDB engine at ${address.endpoint}`;

/** Opens a client of an engine. It passes requests and answers on as they are. */
export const openEngine = ({ endpoint, connect, answer }: EngineAddress): EngineClient => {
  if (answer !== undefined) return { send: async (target, body) => answer(target, body), close: () => {} };
  const agent = createAgent(connect);
  const send: EngineClient['send'] = (target, body) =>
    new Promise((resolve, reject) => {
      const headers = {
        ...localSignature,
        'x-amz-target': target,
        'content-type': 'application/x-amz-json-1.0',
      };
      const outgoing = request(endpoint, { method: 'POST', agent, headers }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const { 'x-amz-crc32': checksum, 'content-type': type = 'application/x-amz-json-1.0' } =
            incoming.headers;
          resolve({
            status: incoming.statusCode ?? 502,
            headers: {
              'content-type': type,
              ...(checksum !== undefined && { 'x-amz-crc32': String(checksum) }),
            },
            body: Buffer.concat(chunks),
          });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  return { send, close: () => agent.destroy() };
};
