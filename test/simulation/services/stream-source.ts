import {
  afterInvocation,
  type Batch,
  type RetryPolicy,
  retryDelay,
} from '../../../infra/local/stream-batch.ts';
import type { StreamRecord } from '../../../infra/local/stream-record.ts';
import type { Faults } from '../faults/faults.ts';
import type { Random } from '../random.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Invocation, LambdaFunction } from './functions.ts';

export interface StreamSourceProps {
  readonly name: string;
  readonly lambda: LambdaFunction;
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly faults: Faults;
  readonly batchSize: number;
  /** The number of shards times the batches of a shard that are processed at the same time. */
  readonly lanes: number;
  readonly retryAttempts: number;
  readonly matches: (record: StreamRecord) => boolean;
  readonly onInvoked: (invocation: Invocation, records: readonly StreamRecord[]) => void;
}

interface Lane {
  readonly waiting: StreamRecord[];
  isWorking: boolean;
}

const spread = (text: string): number => {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) >>> 0;
  return hash;
};

const itemOf = ({ dynamodb }: StreamRecord): string => {
  const { pk, sk } = dynamodb.Keys as { pk: { S: string }; sk: { S: string } };
  return `${pk.S}\n${sk.S}`;
};

/**
 * Invokes a function with the records of a stream: those of one item in their order, one batch of a lane after the
 * other. A batch that fails is cut at the failed record, retried, and moved to the failed records when it fails for
 * good.
 */
export class StreamSource {
  readonly #props: StreamSourceProps;
  readonly #lanes: readonly Lane[];
  readonly #policy: RetryPolicy;

  /** Records that were given up. */
  readonly failedRecords: StreamRecord[] = [];

  constructor(props: StreamSourceProps) {
    this.#props = props;
    this.#lanes = Array.from({ length: props.lanes }, () => ({ waiting: [], isWorking: false }));
    const { retryAttempts: maximumRetryAttempts } = props;
    this.#policy = { maximumRetryAttempts, maximumRecordAgeMs: -1, bisect: true, reportsFailures: true };
  }

  get depth(): number {
    return this.#lanes.reduce((sum, { waiting, isWorking }) => sum + waiting.length + (isWorking ? 1 : 0), 0);
  }

  push(record: StreamRecord): void {
    if (!this.#props.matches(record)) return;
    const lane = this.#lanes[spread(itemOf(record)) % this.#lanes.length] as Lane;
    lane.waiting.push(record);
    this.#consider(lane);
  }

  /** Processes the failed records again. Returns how many there were. */
  redrive(): number {
    const records = this.failedRecords.splice(0);
    for (const record of records) this.push(record);
    return records.length;
  }

  #consider(lane: Lane): void {
    const { name, scheduler } = this.#props;
    if (lane.isWorking || lane.waiting.length === 0) return;
    lane.isWorking = true;
    scheduler.offer(
      () => `reads ${name}`,
      () => void this.#drain(lane),
    );
  }

  async #drain(lane: Lane): Promise<void> {
    const { random, batchSize, faults } = this.#props;
    const records = lane.waiting.splice(0, random.between(1, batchSize));
    const pending: Batch[] = [{ records, failures: 0 }];
    if (faults.strikes('repeatedBatch')) pending.push({ records, failures: 0 });
    for (let batch = pending.shift(); batch !== undefined; batch = pending.shift()) {
      const retry = await this.#attempt(batch);
      pending.unshift(...retry);
      const [next] = retry;
      if (next !== undefined) await this.#pause(retryDelay(next.failures));
    }
    lane.isWorking = false;
    this.#consider(lane);
  }

  async #attempt(batch: Batch): Promise<readonly Batch[]> {
    const { lambda, onInvoked } = this.#props;
    const invocation = await lambda.invoke({ Records: batch.records });
    onInvoked(invocation, batch.records);
    const { retry, abandoned } = afterInvocation(batch, invocation.result, this.#policy);
    this.failedRecords.push(...(abandoned?.records ?? []));
    return retry;
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.#props.scheduler.after(ms, resolve));
  }
}
