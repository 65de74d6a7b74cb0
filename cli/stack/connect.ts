import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CliError, UsageError } from '../errors.ts';

export const defaultPort = 8010;
export const defaultEndpoint = `http://127.0.0.1:${defaultPort}`;

export interface Connection {
  readonly dynamodb: DynamoDBClient;
  readonly bus: EventBridgeClient;
  readonly busName: string;
  readonly leadsTable: string;
}

export interface ConnectOptions {
  /** URL of a local stack, or `aws` for an account. */
  readonly endpoint: string;
  /** Name of the leads table; on AWS, the output LeadsTableName. */
  readonly table?: string | undefined;
  /** Name of the bus; on AWS, the output BusName. */
  readonly bus?: string | undefined;
}

interface Description {
  readonly name?: string;
  readonly tables?: Record<string, string>;
  readonly bus?: string;
}

const describe = async (endpoint: string): Promise<{ bus: string; leadsTable: string }> => {
  let description: Description;
  try {
    const answer = await fetch(endpoint, { signal: AbortSignal.timeout(5_000) });
    description = (await answer.json()) as Description;
  } catch (cause) {
    throw new CliError(
      'NO_STACK',
      `no local stack answers at ${endpoint}; start one with \`npm start\`, or name another with --endpoint`,
      { cause },
    );
  }
  const { name, bus, tables } = description;
  if (name !== 'sluice' || bus === undefined || tables?.Leads === undefined) {
    throw new CliError(
      'NO_STACK',
      `what answers at ${endpoint} is no Sluice stack; name another with --endpoint`,
    );
  }
  return { bus, leadsTable: tables.Leads };
};

/** Ends either in an account, by the credentials of the environment, or in the local stack that runs at an endpoint. */
export const connect = async ({ endpoint, table, bus }: ConnectOptions): Promise<Connection> => {
  if (endpoint === 'aws') {
    if (table === undefined || bus === undefined) {
      throw new UsageError(
        '--endpoint aws needs --table and --bus: the stack outputs LeadsTableName and BusName',
      );
    }
    return { dynamodb: new DynamoDBClient(), bus: new EventBridgeClient(), busName: bus, leadsTable: table };
  }
  if (!URL.canParse(endpoint)) {
    throw new UsageError(`--endpoint: given ${endpoint}; allowed: a URL such as ${defaultEndpoint}, or aws`);
  }
  const local = await describe(endpoint);
  const config = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  return {
    dynamodb: new DynamoDBClient(config),
    bus: new EventBridgeClient(config),
    busName: bus ?? local.bus,
    leadsTable: table ?? local.leadsTable,
  };
};

export const disconnect = ({ dynamodb, bus }: Connection): void => {
  dynamodb.destroy();
  bus.destroy();
};
