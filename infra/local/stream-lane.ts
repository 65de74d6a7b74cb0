import type { InvocationResult } from './function-environment.ts';
import { InterruptibleSleep } from './interruptible-sleep.ts';
import {
  type AfterInvocation,
  afterInvocation,
  type Batch,
  nextBatchLength,
  type RetryPolicy,
  retryDelay,
  splitExpired,
} from './stream-batch.ts';
import type { FailureCondition } from './stream-failure.ts';
import type { StreamRecord } from './stream-record.ts';

export interface StreamLaneProps {
  readonly invoke: (records: readonly StreamRecord[]) => Promise<InvocationResult>;
  readonly abandon: (batch: Batch, condition: FailureCondition, result: InvocationResult | undefined) => void;
  /** Called with each batch that is processed or given up. */
  readonly onFinished: (records: readonly StreamRecord[]) => void;
  /** Called before failed records are tried again or given up. They wait for it. */
  readonly beforeRetry: () => Promise<void>;
  /** Called with an error after which the lane can't go on. */
  readonly onError: (error: unknown) => void;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly policy: RetryPolicy;
  /** The longest wait between retries. */
  readonly retryDelayMs?: number | undefined;
}

/** Processes records one batch after the other; a batch that fails holds up its lane until it is given up. */
export class StreamLane {
  readonly #props: StreamLaneProps;
  readonly #sleep = new InterruptibleSleep();
  /**
   * The start of the stack, from which the age of older records counts: stored data may be days old without any stack
   * having run, and no record was tried meanwhile.
   */
  readonly #countedFrom = Date.now();
  #buffer: StreamRecord[] = [];
  #work: Promise<void> | undefined;
  #stopped = false;

  constructor(props: StreamLaneProps) {
    this.#props = props;
  }

  get buffered(): number {
    return this.#buffer.length;
  }

  get idle(): boolean {
    return this.#work === undefined;
  }

  push(record: StreamRecord): void {
    this.#buffer.push(record);
    if (this.#buffer.length === this.#props.batchSize) this.#sleep.interrupt();
    this.#kick();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#sleep.interrupt();
    await this.#work;
  }

  #kick(): void {
    if (this.#buffer.length === 0 || this.#stopped) return;
    this.#work ??= this.#drain()
      .catch(this.#props.onError)
      .finally(() => {
        this.#work = undefined;
        // Records may have been pushed since the buffer was last read.
        this.#kick();
      });
  }

  async #drain(): Promise<void> {
    const { batchSize, windowMs } = this.#props;
    // Lets the reader push the rest of its page, so that it becomes one batch.
    await Promise.resolve();
    while (this.#buffer.length > 0 && !this.#stopped) {
      if (windowMs > 0) await this.#fillUntil(Date.now() + windowMs);
      const records = this.#buffer.splice(0, nextBatchLength(this.#buffer, batchSize));
      await this.#process({ records, failures: 0 });
      // A lane that was stopped may have been left in the middle of a batch.
      if (!this.#stopped) this.#props.onFinished(records);
    }
  }

  async #fillUntil(deadline: number): Promise<void> {
    while (this.#buffer.length < this.#props.batchSize && !this.#stopped) {
      const left = deadline - Date.now();
      if (left <= 0) return;
      await this.#sleep.for(left);
    }
  }

  async #process(first: Batch): Promise<void> {
    const pending: Batch[] = [first];
    for (let batch = pending.shift(); batch !== undefined && !this.#stopped; batch = pending.shift()) {
      const { retry } = await this.#attempt(batch);
      pending.unshift(...retry);
      const [next] = retry;
      if (next !== undefined) await this.#pause(retryDelay(next.failures, this.#props.retryDelayMs));
    }
  }

  async #pause(ms: number): Promise<void> {
    const end = Date.now() + ms;
    for (let left = ms; left > 0 && !this.#stopped; left = end - Date.now()) await this.#sleep.for(left);
  }

  async #attempt(batch: Batch): Promise<AfterInvocation> {
    const { invoke, abandon, policy, beforeRetry } = this.#props;
    const { expired, live } = splitExpired(batch, policy.maximumRecordAgeMs, Date.now(), this.#countedFrom);
    if (expired.records.length > 0) abandon(expired, 'RecordAgeExceeded', undefined);
    if (live.records.length === 0) return { retry: [] };
    const result = await invoke(live.records);
    const after = afterInvocation(live, result, policy);
    if (after.retry.length > 0 || after.abandoned !== undefined) await beforeRetry();
    // A failure because the stack closes doesn't count.
    if (this.#stopped) return { retry: [] };
    if (after.abandoned !== undefined) abandon(after.abandoned, 'RetryAttemptsExhausted', result);
    return after;
  }
}
