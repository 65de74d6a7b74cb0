import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PutEventsRequestEntry, PutEventsResponse } from '@aws-sdk/client-eventbridge';
import type { Message, SQSClient } from '@aws-sdk/client-sqs';

export interface QueueOptions {
  /** In seconds. @default 1, so that nobody waits long */
  readonly visibilityTimeout?: number;
  /** In seconds. */
  readonly delay?: number;
  readonly redrive?: { readonly to: string; readonly maxReceiveCount: number };
}

interface MappingOptions {
  readonly function: string;
  readonly batchSize?: number;
  /** In seconds. */
  readonly window?: number;
  /** `ReportBatchItemFailures` */
  readonly reportsFailures?: boolean;
}

export interface QueueMapping extends MappingOptions {
  readonly queue: string;
}

/** From the stream of the app's table. */
export interface StreamMapping extends MappingOptions {
  readonly startingPosition?: 'TRIM_HORIZON' | 'LATEST';
  readonly bisect?: boolean;
  readonly maximumRetryAttempts?: number;
  readonly filters?: readonly object[];
  /** The queue that is told of batches that were given up. */
  readonly onFailure?: string;
}

export interface RuleOptions {
  readonly pattern: object;
  readonly queue: string;
  readonly disabled?: boolean;
}

export interface LambdaEvent {
  // biome-ignore lint/suspicious/noExplicitAny: what is inside is what the behaviours are about
  readonly Records: readonly any[];
}
/** What it throws is the function's error; `before` counts the invocations so far. */
export type Handler = (event: LambdaEvent, before: number) => unknown;

/** What a behaviour needs, by names of its own. There is always one bus and one table, with a stream. */
export interface AppSpec {
  readonly queues?: Readonly<Record<string, QueueOptions>>;
  readonly functions?: Readonly<Record<string, Handler>>;
  readonly queueMappings?: readonly QueueMapping[];
  readonly streamMappings?: readonly StreamMapping[];
  readonly rules?: readonly RuleOptions[];
}

export interface DeployedApp {
  readonly sqs: SQSClient;
  readonly queueUrl: (queue: string) => string;
  readonly send: (queue: string, ...bodies: readonly string[]) => Promise<void>;
  /** Receives once, without waiting, at most ten. */
  readonly receive: (queue: string) => Promise<readonly Message[]>;
  readonly dynamodb: DynamoDBClient;
  readonly table: string;
  /** Puts items one after the other, with an `sk` that is `STATE`. */
  readonly put: (...items: readonly Readonly<Record<string, string>>[]) => Promise<void>;
  readonly putEvents: (
    ...entries: readonly Omit<PutEventsRequestEntry, 'EventBusName'>[]
  ) => Promise<PutEventsResponse>;
  /** The events that a function got so far, in this order. */
  readonly got: (functionName: string) => readonly LambdaEvent[];
  readonly stop: () => Promise<void>;
}
