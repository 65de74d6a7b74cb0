import type { DynamoDbWire } from './dynamodb-wire.ts';
import { messageOf } from './errors.ts';
import { InterruptibleSleep } from './interruptible-sleep.ts';
import { type StreamRecord, sequenceOf } from './stream-record.ts';

export interface ShardReaderProps {
  readonly wire: DynamoDbWire;
  readonly streamArn: string;
  readonly shardId: string;
  readonly position: 'TRIM_HORIZON' | 'LATEST';
  /** The sequence number after which to begin, whatever the position. */
  readonly after?: string | undefined;
  readonly hasRoom: () => boolean;
  readonly onRecords: (records: readonly StreamRecord[]) => void;
  readonly onClosed: () => Promise<void>;
  readonly onProblem: (message: string) => void;
}

interface Page {
  readonly Records?: readonly StreamRecord[];
  readonly NextShardIterator?: string | null;
}

const pageSize = 1_000;
/** The pause between reads while there is work: long enough to gather a batch, too short to be noticed. */
const busyIntervalMs = 20;
const idleIntervalMs = 100;
const problemIntervalMs = 250;

/** Reads one shard from its iterator on, page by page, without a pause while pages are full. */
export class ShardReader {
  readonly #props: ShardReaderProps;
  readonly #sleep = new InterruptibleSleep();
  #iterator: string | null | undefined;
  #lastSequence: string | undefined;
  #emptyReads = 0;
  #asked: ((empty: boolean) => void)[] = [];
  #work: Promise<void> | undefined;
  #stopped = false;

  constructor(props: ShardReaderProps) {
    this.#props = props;
    this.#lastSequence = props.after;
  }

  async start(): Promise<void> {
    this.#iterator = await this.#newIterator();
    this.#work = this.#loop();
  }

  /** Ends a long pause. The short one stays, or a busy stream would be read record by record. */
  hint(): void {
    if (this.#emptyReads > 1) this.#sleep.interrupt();
    this.#emptyReads = 0;
  }

  /** Begins a read as soon as it can, and returns whether that read found nothing. */
  readsNothing(): Promise<boolean> {
    if (this.#iterator === null) return Promise.resolve(true);
    return new Promise((resolve) => {
      this.#asked.push(resolve);
      this.#sleep.interrupt();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#sleep.interrupt();
    await this.#work;
  }

  async #loop(): Promise<void> {
    while (!this.#stopped && this.#iterator !== null) {
      if (!this.#props.hasRoom()) {
        await this.#sleep.for(busyIntervalMs);
        continue;
      }
      // Only callers that asked before this read began get its answer.
      const asked = this.#asked.splice(0);
      const found = await this.#read();
      for (const answer of asked) answer(found === 0);
      if (found < pageSize) await this.#sleep.for(this.#interval(found));
    }
    for (const answer of this.#asked.splice(0)) answer(false);
  }

  #interval(found: number): number {
    if (found < 0) return problemIntervalMs;
    this.#emptyReads = found === 0 ? this.#emptyReads + 1 : 0;
    return Math.min(idleIntervalMs, busyIntervalMs * Math.max(1, this.#emptyReads));
  }

  /** Reads once and returns the number of records; -1 if it couldn't read. */
  async #read(): Promise<number> {
    const { wire, onRecords, onClosed, onProblem } = this.#props;
    try {
      this.#iterator ??= await this.#newIterator();
      const input = { ShardIterator: this.#iterator, Limit: pageSize };
      const { Records = [], NextShardIterator } = await wire.call<Page>(
        'DynamoDBStreams_20120810.GetRecords',
        input,
      );
      this.#iterator = NextShardIterator ?? null;
      const last = Records.at(-1);
      if (last !== undefined) this.#lastSequence = sequenceOf(last);
      onRecords(Records);
      if (this.#iterator === null) await onClosed();
      return Records.length;
    } catch (error) {
      if (this.#stopped) return -1;
      onProblem(`can't read shard ${this.#props.shardId}: ${messageOf(error)}`);
      // The iterator may have expired. The next one begins after the last record that was read.
      if (this.#iterator !== null) this.#iterator = undefined;
      return -1;
    }
  }

  async #newIterator(): Promise<string> {
    const { wire, streamArn, shardId, position } = this.#props;
    const { ShardIterator } = await wire.call<{ ShardIterator: string }>(
      'DynamoDBStreams_20120810.GetShardIterator',
      {
        StreamArn: streamArn,
        ShardId: shardId,
        ...(this.#lastSequence === undefined
          ? { ShardIteratorType: position }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: this.#lastSequence }),
      },
    );
    return ShardIterator;
  }
}
