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
  /**
   * When failed messages return. By default after the queue's visibility timeout, as on AWS. The one difference
   * that is on purpose: who waits at a terminal, or tests, wants them sooner.
   */
  readonly retryDelayMs?: number | undefined;
}

/** Lambda's payload limit. */
const maxBatchBytes = 6 * 1_048_576;
/** setTimeout takes no more. */
const longestTimer = 2_147_483_647;

/** Which messages of the batch are done with; the rest come back when their visibility timeout ends. */
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
  /** Received, and held back until the batch is full or its window ends. */
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

  /** Takes no more messages, and waits for the invocations that run. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#running);
  }

  /** Once for all messages that are sent in this turn, so that they share a batch. */
  #schedule(): void {
    if (this.#scheduled || this.#stopped) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#pump();
    });
  }

  #pump(): void {
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

  /** How long until the held batch may go, or until there is one; undefined when only a send can tell. */
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
    const run = this.#run(batch).finally(() => {
      this.#running.delete(run);
      this.#schedule();
    });
    this.#running.add(run);
  }

  async #run(batch: readonly ReceivedMessage[]): Promise<void> {
    const { queue, invoke, reportsFailures, retryDelayMs } = this.#props;
    const result = await invoke(queueEvent(batch, queue.props.arn));
    const processed = new Set(processedMessages(batch, result, reportsFailures));
    for (const message of batch) {
      if (processed.has(message)) queue.delete(message.receiptHandle);
      else if (retryDelayMs !== undefined)
        queue.changeVisibility(message.receiptHandle, retryDelayMs, Date.now());
    }
  }
}
