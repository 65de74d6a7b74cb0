import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { ApiAccess } from './api/api-client.ts';
import type { Address, Signing } from './api/send-request.ts';
import type { Checked } from './emulator/rights.ts';
import type { DeliveryServer } from './integrations/delivery-server.ts';
import type { Patience } from './until.ts';

export const targetNames = ['local', 'emulator', 'aws'] as const;
export type TargetName = (typeof targetNames)[number];

export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly bus: EventBridgeClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly lambda: LambdaClient;
  readonly secrets: SecretsManagerClient;
  readonly destroy: () => void;
}

/** Creates the clients. @param endpoint left out, AWS and its credentials are those of the environment */
export const createClients = (endpoint?: string): Clients => {
  const config =
    endpoint === undefined
      ? {}
      : { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  // No request of the run takes longer; a server that hangs must not hang the run.
  const common = { ...config, requestHandler: { requestTimeout: 120_000, throwOnRequestTimeout: true } };
  const clients = {
    dynamodb: new DynamoDBClient(common),
    bus: new EventBridgeClient(common),
    sqs: new SQSClient(common),
    s3: new S3Client({ ...common, forcePathStyle: endpoint !== undefined }),
    lambda: new LambdaClient(common),
    secrets: new SecretsManagerClient(common),
  };
  return {
    ...clients,
    destroy: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
};

/** The times that processing may take at a target. */
interface Pace extends Patience {
  /** The time without announcements, in milliseconds, after which none is expected any more. */
  readonly quietMs: number;
}

/** A place that Sluice is deployed to. The scenario does everything there as a client of AWS. */
export interface Target {
  readonly name: TargetName;
  readonly clients: Clients;
  /** Returns an output of the stacks, which names a table, bus, queue, bucket or function. */
  readonly output: (name: string) => string;
  /** Returns the URLs of all queues, by the names of their outputs. */
  readonly queueUrls: () => Readonly<Record<string, string>>;
  readonly pace: Pace;
  readonly api: ApiAccess;
  /** The door for webhooks, and the server that deliveries go to. Left out if the run doesn't choose the documents. */
  readonly integrations?: Pick<DeliveryServer, 'received'> & {
    readonly hooks: () => Address;
    /** Whether the door hands OPTIONS on to its route. */
    readonly passesOptions: boolean;
  };
  /** Deploys another scoring model. Left out if the run may not change what is deployed. */
  readonly deployModel?: (file: string) => Promise<void>;
  /** Fails if what is deployed differs from the app. Left out if that cannot be compared. */
  readonly diff?: () => Promise<void>;
  /** Compares the calls of functions with their roles. Left out if calls aren't recorded. */
  readonly checkRights?: () => Checked;
  /** The logs to look at after a failure. */
  readonly logFiles?: readonly string[];
  /** Removes everything that the run has created. */
  readonly close: () => Promise<void>;
}

/** Returns the credentials with which clients sign, for requests of a service to the API. */
export const signAs =
  ({ lambda }: Clients) =>
  async (): Promise<Signing> => ({
    region: await lambda.config.region(),
    credentials: await lambda.config.credentials(),
  });

export type Outputs = Readonly<Record<string, string>>;

/** Returns the readers of outputs that all targets share. They throw an Error if an output is missing. */
export const readers = (outputs: () => Outputs): Pick<Target, 'output' | 'queueUrls'> => ({
  output: (name) => {
    const value = outputs()[name];
    if (value === undefined) {
      throw new Error(`the stacks have no output ${name}; they have ${Object.keys(outputs()).join(', ')}`);
    }
    return value;
  },
  queueUrls: () =>
    Object.fromEntries(Object.entries(outputs()).filter(([name]) => /(?<!Api|Hooks)Url$/.test(name))),
});
