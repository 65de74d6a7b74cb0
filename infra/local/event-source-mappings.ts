import type { QueueMappingSpec, StreamMappingSpec, TableSpec } from './blueprint.ts';
import type { Bucket } from './bucket.ts';
import type { Checkpoints } from './data/stream-checkpoints.ts';
import type { DynamoDbWire } from './dynamodb-wire.ts';
import { LocalStackError } from './errors.ts';
import { type FailureDestination, toBucket, toQueue } from './failure-destination.ts';
import type { FunctionHost } from './function-host.ts';
import { namesFunction } from './function-name.ts';
import type { Queue } from './queue.ts';
import { QueuePoller } from './queue-poller.ts';
import { StreamPoller } from './stream-poller.ts';
import type { Table } from './tables.ts';

/** The parts of the stack that event source mappings connect. */
export interface Parts {
  readonly wire: DynamoDbWire;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly hosts: readonly FunctionHost[];
  readonly tables: readonly Table[];
  readonly checkpoints?: ((mapping: string, stream: string) => Checkpoints) | undefined;
  readonly retryDelayMs?: number | undefined;
  readonly batchWindowMs?: number | undefined;
  /** The most messages of a queue that a function takes at once. @default what the template says */
  readonly mostMessages?: number | undefined;
  readonly onRead: (records: number) => void;
  readonly onProblem: (mapping: string, message: string) => void;
  /** Called before failed messages or records are tried again or given up. */
  readonly beforeRetry: () => Promise<void>;
  /** Called with an error after which a mapping can't go on. */
  readonly onError: (error: unknown) => void;
}

const missing = (mapping: string, what: string, given: string): LocalStackError =>
  new LocalStackError('RESOURCE_INVALID', `${mapping}: ${given} is no ${what} of the app`);

const findHost = ({ id, properties }: QueueMappingSpec | StreamMappingSpec, parts: Parts): FunctionHost => {
  const given = properties.FunctionName;
  const host = parts.hosts.find(({ props }) => namesFunction(given, props));
  if (host === undefined) throw missing(id, 'function', given);
  return host;
};

const findQueue = (mapping: string, arn: string, { queues }: Parts): Queue => {
  const queue = queues.get(arn);
  if (queue === undefined) throw missing(mapping, 'queue', arn);
  return queue;
};

const reportsFailures = ({ properties }: QueueMappingSpec | StreamMappingSpec): boolean =>
  properties.FunctionResponseTypes.includes('ReportBatchItemFailures');

export const startQueuePoller = (spec: QueueMappingSpec, parts: Parts): QueuePoller => {
  const { properties } = spec;
  const host = findHost(spec, parts);
  return new QueuePoller({
    queue: findQueue(spec.id, properties.EventSourceArn, parts),
    invoke: (event) => host.invoke(event),
    beforeRetry: parts.beforeRetry,
    onError: parts.onError,
    batchSize: Math.min(properties.BatchSize, parts.mostMessages ?? Infinity),
    windowMs: computeWindow(spec, parts),
    concurrency: Math.min(host.props.concurrency, properties.ScalingConfig?.MaximumConcurrency ?? Infinity),
    reportsFailures: reportsFailures(spec),
    retryDelayMs: parts.retryDelayMs,
  });
};

const failureDestination = (spec: StreamMappingSpec, parts: Parts): FailureDestination | undefined => {
  const arn = spec.properties.DestinationConfig?.OnFailure?.Destination;
  if (arn === undefined) return undefined;
  const bucket = parts.buckets.get(arn);
  if (bucket !== undefined) return toBucket(bucket, spec.id);
  const queue = parts.queues.get(arn);
  if (queue !== undefined) return toQueue(queue);
  throw missing(spec.id, 'queue or bucket', arn);
};

/** Returns the batching window, in milliseconds. */
const computeWindow = (
  { properties }: QueueMappingSpec | StreamMappingSpec,
  { batchWindowMs }: Parts,
): number => Math.min(properties.MaximumBatchingWindowInSeconds * 1_000, batchWindowMs ?? Infinity);

export const startStreamPoller = async (
  spec: StreamMappingSpec,
  tables: readonly TableSpec[],
  parts: Parts,
): Promise<StreamPoller> => {
  const { id, properties } = spec;
  const host = findHost(spec, parts);
  const tableSpec = tables.find(({ streamArn }) => streamArn === properties.EventSourceArn);
  const stream = parts.tables.find(({ name }) => name === tableSpec?.name)?.engineStreamArn;
  if (stream === undefined) throw missing(id, 'queue and no table with a stream', properties.EventSourceArn);
  const poller = new StreamPoller({
    wire: parts.wire,
    engineStreamArn: stream,
    streamArn: properties.EventSourceArn,
    functionArn: host.props.arn,
    startingPosition: properties.StartingPosition,
    checkpoints: parts.checkpoints?.(id, stream),
    lanes: properties.ParallelizationFactor,
    matches: spec.matches,
    invoke: (event) => host.invoke(event),
    onFailure: failureDestination(spec, parts),
    beforeRetry: parts.beforeRetry,
    onError: parts.onError,
    onRead: parts.onRead,
    onProblem: (message) => parts.onProblem(id, message),
    batchSize: properties.BatchSize,
    windowMs: computeWindow(spec, parts),
    policy: {
      maximumRetryAttempts: properties.MaximumRetryAttempts,
      maximumRecordAgeMs: properties.MaximumRecordAgeInSeconds * 1_000,
      bisect: properties.BisectBatchOnFunctionError,
      reportsFailures: reportsFailures(spec),
    },
    retryDelayMs: parts.retryDelayMs,
  });
  host.onSettled(() => poller.hint());
  try {
    await poller.start();
  } catch (error) {
    await poller.stop();
    throw error;
  }
  return poller;
};
