import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Checked } from './emulator/rights.ts';
import type { Patience } from './until.ts';

export const targetNames = ['local', 'emulator', 'aws'] as const;
export type TargetName = (typeof targetNames)[number];

export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly bus: EventBridgeClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly lambda: LambdaClient;
  readonly destroy: () => void;
}

/** @param endpoint left out, the environment says where AWS is and who asks */
export const createClients = (endpoint?: string): Clients => {
  const config =
    endpoint === undefined
      ? {}
      : { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  // Nothing that the run asks for takes longer; a server that hangs must not hang the run.
  const common = { ...config, requestHandler: { requestTimeout: 120_000, throwOnRequestTimeout: true } };
  const clients = {
    dynamodb: new DynamoDBClient(common),
    bus: new EventBridgeClient(common),
    sqs: new SQSClient(common),
    s3: new S3Client({ ...common, forcePathStyle: endpoint !== undefined }),
    lambda: new LambdaClient(common),
  };
  return {
    ...clients,
    destroy: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
};

/** How long things may take there. */
export interface Pace extends Patience {
  /** So long nothing may come until all is taken to have come. */
  readonly quietMs: number;
}

/** Somewhere that Sluice is deployed to. All that the scenario does there, it does as a client of AWS. */
export interface Target {
  readonly name: TargetName;
  readonly clients: Clients;
  /** The outputs of the stacks: where table, bus, queues, buckets and functions are. */
  readonly output: (name: string) => string;
  /** Of all queues, by the names of their outputs. */
  readonly queueUrls: () => Readonly<Record<string, string>>;
  readonly pace: Pace;
  /** Deploys another scoring model. Left out where the run may not change what is deployed. */
  readonly deployModel?: (file: string) => Promise<void>;
  /** Fails where what is deployed differs from the app. Left out where nobody can tell. */
  readonly diff?: () => Promise<void>;
  /** Holds the calls of functions against their roles. Left out where calls aren't recorded. */
  readonly checkRights?: () => Checked;
  /** Where to look when something failed. */
  readonly logFiles?: readonly string[];
  /** Takes everything away that the run has made. */
  readonly close: () => Promise<void>;
}

export type Outputs = Readonly<Record<string, string>>;

/** What all targets tell of their outputs. @throws Error where an output is missing */
export const readers = (outputs: () => Outputs): Pick<Target, 'output' | 'queueUrls'> => ({
  output: (name) => {
    const value = outputs()[name];
    if (value === undefined) {
      throw new Error(`the stacks have no output ${name}; they have ${Object.keys(outputs()).join(', ')}`);
    }
    return value;
  },
  queueUrls: () => Object.fromEntries(Object.entries(outputs()).filter(([name]) => name.endsWith('Url'))),
});
