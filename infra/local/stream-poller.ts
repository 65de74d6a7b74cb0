import type { Checkpoints } from './data/stream-checkpoints.ts';
import type { DynamoDbWire } from './dynamodb-wire.ts';
import type { FailureDestination } from './failure-destination.ts';
import type { InvocationResult } from './function-environment.ts';
import { ShardReader } from './shard-reader.ts';
import { failureMessage } from './stream-failure.ts';
import { StreamLane, type StreamLaneProps } from './stream-lane.ts';
import { StreamProgress } from './stream-progress.ts';
import {
  asLambdaRecord,
  changesNothing,
  computeLane,
  type StreamRecord,
  sequenceOf,
} from './stream-record.ts';

export interface StreamPollerProps extends Omit<StreamLaneProps, 'invoke' | 'abandon' | 'onFinished'> {
  readonly wire: DynamoDbWire;
  /** The engine's ARN of the stream. */
  readonly engineStreamArn: string;
  /** The template's ARN of the stream. */
  readonly streamArn: string;
  readonly functionArn: string;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  /** The positions of an earlier process; a shard without one is read from its beginning. */
  readonly checkpoints?: Checkpoints | undefined;
  readonly lanes: number;
  readonly matches: (record: unknown) => boolean;
  readonly invoke: (event: { readonly Records: readonly StreamRecord[] }) => Promise<InvocationResult>;
  readonly onFailure?: FailureDestination | undefined;
  readonly onRead: (records: number) => void;
  readonly onProblem: (message: string) => void;
}

interface StreamDescription {
  readonly StreamDescription: {
    readonly Shards?: readonly { readonly ShardId: string }[];
    readonly LastEvaluatedShardId?: string;
  };
}

/** Returns the sequence number up to which all pollers of a shard have processed it, by shard. */
export const processedByAll = (pollers: readonly StreamPoller[]): ReadonlyMap<string, number> => {
  const least = new Map<string, number>();
  for (const [shard, number] of pollers.flatMap((poller) => [...poller.processed()])) {
    least.set(shard, Math.min(number, least.get(shard) ?? number));
  }
  return least;
};

/** The records of a shard that are read ahead of the function. */
const readAhead = 2_000;

/** An event source mapping from a table's stream to a function. */
export class StreamPoller {
  readonly #props: StreamPollerProps;
  readonly #readers = new Map<
    string,
    { readonly reader: ShardReader; readonly lanes: readonly StreamLane[] }
  >();
  #stopped = false;

  constructor(props: StreamPollerProps) {
    this.#props = props;
  }

  /**
   * Resolves when every shard has its iterator: records that are written from then on are read, whatever the position.
   */
  async start(): Promise<void> {
    const { checkpoints, startingPosition } = this.#props;
    await this.#discover(checkpoints === undefined ? startingPosition : 'TRIM_HORIZON');
  }

  /** Signals that there may be something to read. */
  hint(): void {
    for (const { reader } of this.#readers.values()) reader.hint();
  }

  /** Reads every shard once more; returns true if the shards were empty and nothing is left from before. */
  async drained(): Promise<boolean> {
    const shards = [...this.#readers.values()];
    if (shards.some(({ lanes }) => lanes.some((lane) => !lane.idle))) return false;
    const empty = await Promise.all(shards.map(({ reader }) => reader.readsNothing()));
    return empty.every(Boolean) && this.#readers.size === shards.length;
  }

  /** Returns the sequence number up to which each shard is processed, by shard; 0 if nothing is yet. */
  processed(): ReadonlyMap<string, number> {
    const { checkpoints } = this.#props;
    return new Map([...this.#readers.keys()].map((shard) => [shard, Number(checkpoints?.of(shard) ?? 0)]));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const shards = [...this.#readers.values()];
    await Promise.all(
      shards.flatMap(({ reader, lanes }) => [reader.stop(), ...lanes.map((lane) => lane.stop())]),
    );
  }

  async #discover(position: 'TRIM_HORIZON' | 'LATEST'): Promise<void> {
    let after: string | undefined;
    do {
      const { StreamDescription: stream } = await this.#props.wire.call<StreamDescription>(
        'DynamoDBStreams_20120810.DescribeStream',
        { StreamArn: this.#props.engineStreamArn, ...(after && { ExclusiveStartShardId: after }) },
      );
      for (const { ShardId } of stream.Shards ?? []) {
        if (!this.#readers.has(ShardId) && !this.#stopped) await this.#add(ShardId, position);
      }
      after = stream.LastEvaluatedShardId;
    } while (after !== undefined);
  }

  async #add(shardId: string, position: 'TRIM_HORIZON' | 'LATEST'): Promise<void> {
    const { wire, engineStreamArn, streamArn, onRead, onProblem, matches, checkpoints } = this.#props;
    const progress = checkpoints && new StreamProgress((number) => checkpoints.save(shardId, number));
    const finish = (records: readonly StreamRecord[]): void => progress?.finish(records.map(sequenceOf));
    const lanes = Array.from({ length: this.#props.lanes }, () => this.#lane(shardId, finish));
    const reader = new ShardReader({
      wire,
      streamArn: engineStreamArn,
      shardId,
      position,
      after: checkpoints?.of(shardId),
      onProblem,
      hasRoom: () => lanes.every((lane) => lane.buffered < readAhead),
      // A closed shard has successors, which continue its items and so begin at their beginning.
      onClosed: () => this.#discover('TRIM_HORIZON'),
      onRecords: (records) => {
        onRead(records.length);
        progress?.read(records.map(sequenceOf));
        const all = records.map((record) => asLambdaRecord(record, streamArn));
        const wanted = new Set(all.filter((record) => !changesNothing(record) && matches(record)));
        for (const record of wanted) lanes[computeLane(record, lanes.length)]?.push(record);
        finish(all.filter((record) => !wanted.has(record)));
      },
    });
    this.#readers.set(shardId, { reader, lanes });
    await reader.start();
  }

  #lane(shardId: string, onFinished: StreamLaneProps['onFinished']): StreamLane {
    const { invoke, onFailure, functionArn, streamArn } = this.#props;
    return new StreamLane({
      ...this.#props,
      onFinished,
      invoke: (Records) => invoke({ Records }),
      abandon: (batch, condition, result) => {
        const now = Date.now();
        const where = { functionArn, streamArn, shardId };
        const message = failureMessage(batch, condition, result, where, now);
        onFailure?.({ message, shardId, records: batch.records }, now);
      },
    });
  }
}
