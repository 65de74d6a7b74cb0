import { type EngineAddress, openEngine } from './engine/address.ts';

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

type Operation = `DynamoDB_20120810.${string}` | `DynamoDBStreams_20120810.${string}`;

export interface DynamoDbWire {
  readonly call: <Result>(operation: Operation, input: object) => Promise<Result>;
  readonly close: () => void;
}

/**
 * Creates a client of DynamoDB's JSON protocol without the SDK. A stream record goes into a Lambda event in the form
 * that it has on the wire; decoding it into classes and encoding it again would cost more than reading it.
 */
export const createWire = (address: EngineAddress): DynamoDbWire => {
  const engine = openEngine(address);
  return {
    call: async <Result>(operation: Operation, input: object): Promise<Result> => {
      const { status, body } = await engine.send(operation, JSON.stringify(input));
      const text = body.toString('utf8');
      if (status === 200) return JSON.parse(text) as Result;
      const { __type = `HTTP ${status}`, message = text } = JSON.parse(text || '{}') as Record<
        string,
        string
      >;
      throw new WireError(__type.replace(/^.*#/, ''), message);
    },
    close: engine.close,
  };
};
