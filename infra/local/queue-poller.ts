import { failedIdentifiers } from './batch-response.ts';
import type { InvocationResult } from './function-environment.ts';
import type { Queue, ReceivedMessage } from './queue.ts';
import { queueEvent } from './queue-event.ts';

export interface QueuePollerProps {
  readonly queue: Queue;
  readonly invoke: (event: unknown) => Promise<InvocationResult>;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly concurrency: number;
  readonly reportsFailures: boolean;
  /** Called before failed messages are tried again. They wait for it. */
  readonly beforeRetry?: () => Promise<void>;
  /** Called with an error after which the poller can't go on. */
  readonly onError: (error: unknown) => void;
  /**
   * The time after which failed messages return.
   *
   * @default - the queue's visibility timeout, as on AWS. A shorter time is a deliberate difference, for people at a
   * terminal and for tests
   */
  readonly retryDelayMs?: number | undefined;
}

/** Lambda's payload limit. */
const maxBatchBytes = 6 * 1_048_576;
/** The longest delay that setTimeout accepts. */
const longestTimer = 2_147_483_647;

/** Returns the messages of the batch that are processed. The others return when their visibility timeout ends. */
export const processedMessages = (
  batch: readonly ReceivedMessage[],
  result: InvocationResult,
  reportsFailures: boolean,
): readonly ReceivedMessage[] => {
  if (!result.ok) return [];
  if (!reportsFailures) return batch;
  const failed = failedIdentifiers(result.response, new Set(batch.map((message) => message.messageId)));
  return failed === 'all' ? [] : batch.filter((message) => !failed.has(message.messageId));
};

/** An event source mapping from a queue to a function. It waits for messages rather than asking for them. */
export class QueuePoller {
  readonly #props: QueuePollerProps;
  /** The messages that were received, and wait until the batch is full or its window ends. */
  #held: ReceivedMessage[] = [];
  #heldBytes = 0;
  #heldSince = 0;
  #running = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #scheduled = false;
  #stopped = false;

  constructor(props: QueuePollerProps) {
    this.#props = props;
    props.queue.onSend(() => this.#schedule());
    this.#schedule();
  }

  /** Receives no more messages, and waits for running invocations. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#running);
  }

  /** Schedules one run for all messages that are sent in this turn, so that they share a batch. */
  #schedule(): void {
    if (this.#scheduled || this.#stopped) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#pump();
    });
  }

  #pump(): void {
    try {
      this.#startBatches();
    } catch (error) {
      this.#props.onError(error);
    }
  }

  #startBatches(): void {
    const { concurrency } = this.#props;
    clearTimeout(this.#timer);
    while (!this.#stopped && this.#running.size < concurrency) {
      const wait = this.#fill(Date.now());
      if (wait === undefined) return;
      if (wait > 0) {
        this.#timer = setTimeout(() => this.#pump(), Math.min(wait, longestTimer));
        return;
      }
      this.#start();
    }
  }

  /**
   * Fills the batch. Returns the milliseconds until the batch may be processed, or until a message becomes visible;
   * undefined if only a new message can change that.
   */
  #fill(now: number): number | undefined {
    const { queue, batchSize, windowMs } = this.#props;
    const room = batchSize - this.#held.length;
    const before = this.#held.length;
    const received = room > 0 ? queue.receive(room, maxBatchBytes - this.#heldBytes, now) : [];
    if (before === 0) this.#heldSince = now;
    this.#held.push(...received);
    for (const { bytes } of received) this.#heldBytes += bytes;
    const next = queue.nextVisibleAt();
    const untilNext = next === undefined ? undefined : Math.max(1, next - now);
    if (this.#held.length === 0) return untilNext;
    // Messages are left although there was room by count: the payload is full.
    const full = this.#held.length >= batchSize || queue.depth().visible > 0;
    const untilWindow = full ? 0 : this.#heldSince + windowMs - now;
    return untilWindow <= 0 ? 0 : Math.min(untilWindow, untilNext ?? untilWindow);
  }

  #start(): void {
    const batch = this.#held;
    this.#held = [];
    this.#heldBytes = 0;
    const run = this.#run(batch)
      .catch(this.#props.onError)
      .finally(() => {
        this.#running.delete(run);
        this.#schedule();
      });
    this.#running.add(run);
  }

  async #run(batch: readonly ReceivedMessage[]): Promise<void> {
    const { queue, invoke, reportsFailures, retryDelayMs, beforeRetry } = this.#props;
    const result = await invoke(queueEvent(batch, queue.props.arn));
    const processed = new Set(processedMessages(batch, result, reportsFailures));
    if (processed.size < batch.length) await beforeRetry?.();
    for (const message of batch) {
      if (processed.has(message)) queue.delete(message.receiptHandle);
      else if (retryDelayMs !== undefined)
        queue.changeVisibility(message.receiptHandle, retryDelayMs, Date.now());
    }
  }
}
