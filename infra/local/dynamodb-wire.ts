import { request } from 'node:http';
import { type Connect, createAgent } from './engine/connection.ts';
import { region } from './resource-types.ts';

/** A DynamoDB error as it came over the wire. */
export class WireError extends Error {
  /** The error type without its namespace, such as `ResourceInUseException`. */
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.name = 'WireError';
    this.type = type;
  }
}

/**
 * The signature of local requests. Local engines require one and don't verify it. All callers share one, as some
 * engines separate tables by access key.
 */
export const localSignature = {
  'x-amz-date': '20260101T000000Z',
  authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
} as const;

type Operation = `DynamoDB_20120810.${string}` | `DynamoDBStreams_20120810.${string}`;

export interface DynamoDbWire {
  readonly call: <Result>(operation: Operation, input: object) => Promise<Result>;
  readonly close: () => void;
}

/**
 * Creates a client of DynamoDB's JSON protocol without the SDK. A stream record goes into a Lambda event in the form
 * that it has on the wire; decoding it into classes and encoding it again would cost more than reading it.
 */
export const createWire = (endpoint: string, connect?: Connect): DynamoDbWire => {
  const agent = createAgent(connect);
  const send = (operation: Operation, body: string): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const headers = {
        ...localSignature,
        'x-amz-target': operation,
        'content-type': 'application/x-amz-json-1.0',
      };
      const outgoing = request(endpoint, { method: 'POST', agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        );
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  return {
    call: async <Result>(operation: Operation, input: object): Promise<Result> => {
      const { status, text } = await send(operation, JSON.stringify(input));
      if (status === 200) return JSON.parse(text) as Result;
      const { __type = `HTTP ${status}`, message = text } = JSON.parse(text || '{}') as Record<
        string,
        string
      >;
      throw new WireError(__type.replace(/^.*#/, ''), message);
    },
    close: () => agent.destroy(),
  };
};
