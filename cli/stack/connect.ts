import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { CliError, UsageError } from '../errors.ts';
import { defaultOutputsFile, deployedOutputs, localOutputs, type Outputs } from './outputs.ts';

export const defaultPort = 8010;
export const defaultEndpoint = `http://127.0.0.1:${defaultPort}`;

/**
 * What a command works with. Clients and names are looked up when they are asked for first: a command that reads leads
 * neither loads the client of S3 nor needs to know a queue.
 */
export interface Connection {
  readonly dynamodb: DynamoDBClient;
  readonly bus: EventBridgeClient;
  readonly sqs: () => Promise<SQSClient>;
  readonly s3: () => Promise<S3Client>;
  readonly lambda: () => Promise<LambdaClient>;
  /** @throws CliError `OUTPUT_MISSING`, as all names do that aren't known */
  readonly leadsTable: string;
  readonly quarantineTable: string;
  readonly busName: string;
  /** Any other output of the stacks. @throws CliError `OUTPUT_MISSING` */
  readonly output: (name: string) => string;
  /** All that are known. */
  readonly outputs: Outputs;
  readonly disconnect: () => void;
}

export interface ConnectOptions {
  /** URL of a local stack, or `aws` for an account. */
  readonly endpoint: string;
  /** The file with the outputs of a deployment. */
  readonly outputs?: string | undefined;
  /** Name of the leads table in place of the output LeadsTableName. */
  readonly table?: string | undefined;
  /** Name of the bus in place of the output BusName. */
  readonly bus?: string | undefined;
}

/** The outputs that an option may stand for. */
const optionFor: Readonly<Record<string, string>> = { LeadsTableName: '--table', BusName: '--bus' };

const missing = (name: string, { endpoint, outputs }: ConnectOptions): CliError => {
  const option = optionFor[name];
  const instead = option === undefined ? '' : `, or say it with ${option}`;
  const where =
    endpoint === 'aws'
      ? `${outputs ?? defaultOutputsFile} doesn't tell the output ${name}: deploy with \`npm run deploy\`, which writes it, name another file with --outputs${instead}`
      : `the stack at ${endpoint} doesn't tell the output ${name}: it runs another version of Sluice`;
  return new CliError('OUTPUT_MISSING', where);
};

/** What all clients share. The local stack takes any credentials, but the SDK wants some. */
const configOf = (endpoint: string) =>
  endpoint === 'aws'
    ? {}
    : { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

interface Client {
  readonly destroy: () => void;
}

const clientsFor = (endpoint: string) => {
  const config = configOf(endpoint);
  const made = new Map<string, Client>();
  const once = <T extends Client>(name: string, make: () => T): T => {
    const client = made.get(name) ?? make();
    made.set(name, client);
    return client as T;
  };
  // Buckets of a local stack have no host names of their own.
  const s3Config = endpoint === 'aws' ? {} : { ...config, forcePathStyle: true };
  return {
    dynamodb: () => once('dynamodb', () => new DynamoDBClient(config)),
    bus: () => once('bus', () => new EventBridgeClient(config)),
    sqs: async () => {
      const { SQSClient } = await import('@aws-sdk/client-sqs');
      return once('sqs', () => new SQSClient(config));
    },
    s3: async () => {
      const { S3Client } = await import('@aws-sdk/client-s3');
      return once('s3', () => new S3Client(s3Config));
    },
    lambda: async () => {
      const { LambdaClient } = await import('@aws-sdk/client-lambda');
      return once('lambda', () => new LambdaClient(config));
    },
    destroy: () => {
      for (const client of made.values()) client.destroy();
    },
  };
};

const outputsOf = ({ endpoint, outputs }: ConnectOptions): Promise<Outputs> => {
  if (endpoint === 'aws') return deployedOutputs(outputs);
  if (outputs !== undefined) {
    throw new UsageError('--outputs goes with --endpoint aws: a local stack tells by itself what is where');
  }
  if (URL.canParse(endpoint)) return localOutputs(endpoint);
  throw new UsageError(`--endpoint: given ${endpoint}; allowed: a URL such as ${defaultEndpoint}, or aws`);
};

/** Ends either in an account, by the credentials of the environment, or in the local stack that runs at an endpoint. */
export const connect = async (options: ConnectOptions): Promise<Connection> => {
  const outputs = await outputsOf(options);
  const clients = clientsFor(options.endpoint);
  const output = (name: string): string => {
    const value = outputs[name];
    if (value === undefined) throw missing(name, options);
    return value;
  };
  return {
    get dynamodb() {
      return clients.dynamodb();
    },
    get bus() {
      return clients.bus();
    },
    get leadsTable() {
      return options.table ?? output('LeadsTableName');
    },
    get busName() {
      return options.bus ?? output('BusName');
    },
    get quarantineTable() {
      return output('QuarantineTableName');
    },
    sqs: clients.sqs,
    s3: clients.s3,
    lambda: clients.lambda,
    output,
    outputs,
    disconnect: clients.destroy,
  };
};

/** Runs work with a connection that is closed afterwards, and returns its result. */
export const connected = async <T>(
  options: ConnectOptions,
  work: (connection: Connection) => Promise<T>,
): Promise<T> => {
  const connection = await connect(options);
  try {
    return await work(connection);
  } finally {
    connection.disconnect();
  }
};
