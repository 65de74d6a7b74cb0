import { processedMessages } from '../../../infra/local/queue-poller.ts';
import type { Random } from '../random.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Invocation, LambdaFunction } from './functions.ts';
import { type Message, type Queue, queueEvent } from './queue.ts';

export interface QueueSourceProps {
  readonly queue: Queue;
  readonly lambda: LambdaFunction;
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly batchSize: number;
  readonly concurrency: number;
  readonly onInvoked: (invocation: Invocation, batch: readonly Message[]) => void;
  /** Called before a message is deleted: it was processed, or is lost. */
  readonly onDone: (message: Message) => void;
}

/**
 * An event source that invokes a function with batches of messages of a queue, and deletes those that it has processed.
 */
export class QueueSource {
  readonly #props: QueueSourceProps;
  #running = 0;
  #isOffered = false;

  constructor(props: QueueSourceProps) {
    this.#props = props;
    props.queue.onVisible = () => this.#consider();
  }

  #consider(): void {
    const { queue, scheduler, concurrency } = this.#props;
    if (this.#isOffered || this.#running >= concurrency || queue.visible === 0) return;
    this.#isOffered = true;
    scheduler.offer(
      () => `receives from ${queue.name}`,
      () => {
        this.#isOffered = false;
        void this.#work();
        this.#consider();
      },
    );
  }

  async #work(): Promise<void> {
    const { queue, lambda, scheduler, random, batchSize, onInvoked, onDone } = this.#props;
    const batch = queue.receive(random.between(1, batchSize));
    if (batch.length === 0) return;
    this.#running++;
    const invocation = await lambda.invoke(queueEvent(batch));
    onInvoked(invocation, batch);
    const done = processedMessages(batch as never, invocation.result, true) as readonly unknown[];
    scheduler.offer(
      () => `deletes ${done.length} of ${batch.length} from ${queue.name}`,
      () => {
        for (const message of batch) {
          if (!done.includes(message)) continue;
          onDone(message);
          queue.delete(message);
        }
        this.#running--;
        this.#consider();
      },
    );
  }
}
