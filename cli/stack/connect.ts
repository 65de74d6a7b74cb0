import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { CliError, UsageError } from '../errors.ts';
import {
  defaultOutputsFile,
  type Outputs,
  readDeployedOutputs,
  readLocalStack,
  type StackDescription,
} from './outputs.ts';

export const defaultPort = 8010;
export const defaultEndpoint = `http://127.0.0.1:${defaultPort}`;
/** The variable that replaces the default endpoint. */
export const endpointVariable = 'SLUICE_ENDPOINT';

/**
 * The clients and names of a stack. The clients of SQS, S3, Lambda and Secrets Manager are loaded on first use, and names are looked up
 * then: a command that reads leads neither loads the client of S3 nor needs the output of a queue.
 */
export interface Connection {
  readonly dynamodb: DynamoDBClient;
  readonly bus: EventBridgeClient;
  readonly sqs: () => Promise<SQSClient>;
  readonly s3: () => Promise<S3Client>;
  readonly lambda: () => Promise<LambdaClient>;
  readonly secretsManager: () => Promise<SecretsManagerClient>;
  /** @throws CliError `OUTPUT_MISSING` if the name is unknown, as the two below do */
  readonly leadsTable: string;
  readonly quarantineTable: string;
  readonly busName: string;
  /**
   * Returns any other output of the stacks.
   *
   * @throws CliError `OUTPUT_MISSING`
   */
  readonly output: (name: string) => string;
  /**
   * Returns the instant of the stack's clock, in milliseconds since 1970. The clock of a local stack may be warped: what a
   * command sends is dated by it, and ages are measured by it.
   */
  readonly now: () => number;
  /** All known outputs. */
  readonly outputs: Outputs;
  readonly disconnect: () => void;
}

export interface ConnectOptions {
  /** The URL of a local stack, or `aws` for an account. */
  readonly endpoint: string;
  /** The file with the outputs of a deployment. */
  readonly outputs?: string | undefined;
  /** The deployment whose outputs are used, if the file has several, such as `Sluice-prod`. */
  readonly deployment?: string | undefined;
  /** The name of the leads table in place of the output LeadsTableName. */
  readonly table?: string | undefined;
  /** The name of the bus in place of the output BusName. */
  readonly bus?: string | undefined;
}

/** The options that replace an output. */
const optionFor: ReadonlyMap<string, string> = new Map([
  ['LeadsTableName', '--table'],
  ['BusName', '--bus'],
]);

const missing = (name: string, { endpoint, outputs }: ConnectOptions): CliError => {
  const option = optionFor.get(name);
  const instead = option === undefined ? '' : `, or name it with ${option}`;
  const where =
    endpoint === 'aws'
      ? `${outputs ?? defaultOutputsFile} has no output ${name}: deploy with \`npm run deploy\`, which writes it, name another file with --outputs${instead}`
      : `the stack at ${endpoint} has no output ${name}: it runs another version of Sluice`;
  return new CliError('OUTPUT_MISSING', where);
};

/**
 * Returns the region of a deployment: that of its outputs, else that of the environment or of the AWS configuration.
 *
 * @throws CliError `REGION_MISSING` before anything is sent
 */
const findRegion = async ({ Region }: Outputs, file: string): Promise<string> => {
  if (Region !== undefined) return Region;
  const client = new DynamoDBClient({});
  try {
    return await client.config.region();
  } catch (cause) {
    throw new CliError(
      'REGION_MISSING',
      `no AWS region is known: ${file} has no output Region, which \`npm run deploy\` writes there; set AWS_REGION, ` +
        'or name the file with --outputs',
      { cause },
    );
  } finally {
    client.destroy();
  }
};

/** Returns the configuration of all clients. A local stack accepts any credentials, but the SDK requires some. */
const buildConfig = async ({ endpoint, outputs: file }: ConnectOptions, outputs: Outputs) =>
  endpoint === 'aws'
    ? { region: await findRegion(outputs, file ?? defaultOutputsFile) }
    : { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

interface Client {
  readonly destroy: () => void;
}

const createClients = (endpoint: string, config: Awaited<ReturnType<typeof buildConfig>>) => {
  const clients = new Map<string, Client>();
  const memoize = <T extends Client>(name: string, create: () => T): T => {
    const client = clients.get(name) ?? create();
    clients.set(name, client);
    return client as T;
  };
  // Buckets of a local stack have no host names, so their names go into the path.
  const s3Config = endpoint === 'aws' ? config : { ...config, forcePathStyle: true };
  return {
    dynamodb: () => memoize('dynamodb', () => new DynamoDBClient(config)),
    bus: () => memoize('bus', () => new EventBridgeClient(config)),
    sqs: async () => {
      const { SQSClient } = await import('@aws-sdk/client-sqs');
      return memoize('sqs', () => new SQSClient(config));
    },
    s3: async () => {
      const { S3Client } = await import('@aws-sdk/client-s3');
      return memoize('s3', () => new S3Client(s3Config));
    },
    lambda: async () => {
      const { LambdaClient } = await import('@aws-sdk/client-lambda');
      return memoize('lambda', () => new LambdaClient(config));
    },
    secretsManager: async () => {
      const { SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
      return memoize('secretsManager', () => new SecretsManagerClient(config));
    },
    destroy: () => {
      for (const client of clients.values()) client.destroy();
    },
  };
};

const describe = async ({ endpoint, outputs, deployment }: ConnectOptions): Promise<StackDescription> => {
  if (endpoint === 'aws') return { outputs: await readDeployedOutputs(outputs, deployment), now: Date.now };
  for (const [option, value] of Object.entries({ '--outputs': outputs, '--deployment': deployment })) {
    if (value !== undefined)
      throw new UsageError(`${option} requires --endpoint aws: a local stack reports its outputs itself`);
  }
  if (URL.canParse(endpoint)) return readLocalStack(endpoint);
  const source =
    endpoint === process.env[endpointVariable] ? `the variable ${endpointVariable}` : '--endpoint';
  throw new UsageError(
    `${source}: given ${endpoint || '""'}; allowed: a URL such as ${defaultEndpoint}, or aws`,
  );
};

/**
 * Connects to the stack in an AWS account, with the credentials of the environment, or to the local stack at an
 * endpoint.
 *
 * @throws UsageError if the options contradict each other, or the endpoint is not a URL
 * @throws CliError if the outputs of the stack can't be read
 */
export const connect = async (options: ConnectOptions): Promise<Connection> => {
  const { outputs, now } = await describe(options);
  const clients = createClients(options.endpoint, await buildConfig(options, outputs));
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
    secretsManager: clients.secretsManager,
    output,
    now,
    outputs,
    disconnect: clients.destroy,
  };
};

/** Runs work with a connection that is closed afterwards, and returns its result. */
export const withConnection = async <T>(
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
