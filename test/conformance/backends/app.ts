import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PutEventsRequestEntry, PutEventsResponse } from '@aws-sdk/client-eventbridge';
import type { Message, SQSClient } from '@aws-sdk/client-sqs';

export interface QueueOptions {
  /** Seconds. @default 1, so that no test waits long */
  readonly visibilityTimeout?: number;
  /** Seconds. */
  readonly delay?: number;
  readonly redrive?: { readonly to: string; readonly maxReceiveCount: number };
}

interface MappingOptions {
  readonly function: string;
  readonly batchSize?: number;
  /** Seconds. */
  readonly window?: number;
  /** Whether the function reports failures of single records (`ReportBatchItemFailures`). */
  readonly reportsFailures?: boolean;
}

export interface QueueMapping extends MappingOptions {
  readonly queue: string;
}

/** A mapping from the stream of the app's table. */
export interface StreamMapping extends MappingOptions {
  readonly startingPosition?: 'TRIM_HORIZON' | 'LATEST';
  readonly bisect?: boolean;
  readonly maximumRetryAttempts?: number;
  readonly filters?: readonly object[];
  /** The queue that receives a message about each batch that was given up. */
  readonly onFailure?: string;
}

interface RuleOptions {
  readonly pattern: object;
  readonly queue: string;
  readonly disabled?: boolean;
}

export interface LambdaEvent {
  // biome-ignore lint/suspicious/noExplicitAny: the behaviours check the contents
  readonly Records: readonly any[];
}
/** A handler. An exception is the function's error; `before` is the number of invocations so far. */
export type Handler = (event: LambdaEvent, before: number) => unknown;

/** The resources that a behaviour needs, by names of its own. There is always one bus and one table, with a stream. */
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
  /** Receives at most ten messages, once and without waiting. */
  readonly receive: (queue: string) => Promise<readonly Message[]>;
  readonly dynamodb: DynamoDBClient;
  readonly table: string;
  /** Puts items one after the other, with the sort key `STATE`. */
  readonly put: (...items: readonly Readonly<Record<string, string>>[]) => Promise<void>;
  readonly putEvents: (
    ...entries: readonly Omit<PutEventsRequestEntry, 'EventBusName'>[]
  ) => Promise<PutEventsResponse>;
  /** Returns the events that a function received so far, in order. */
  readonly got: (functionName: string) => readonly LambdaEvent[];
  readonly stop: () => Promise<void>;
}
