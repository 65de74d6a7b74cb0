import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { RulePattern } from '../../events/index.ts';
import { type BusRules, type RuleBus, rulesOn } from './bus-rule.ts';
import { QueueSource } from './queue-source.ts';
import { SluiceFunction, type SluiceFunctionProps } from './sluice-function.ts';
import { SubscribedQueue, type SubscribedQueueProps } from './subscribed-queue.ts';

/** The rules that feed a function, all on one bus. */
interface RulesOnOneBus {
  readonly bus: RuleBus;

  /** The patterns of the rules, by the rules' ids. */
  readonly patterns: Readonly<Record<string, RulePattern>>;
}

/** The rules that feed a function, each on its own bus. */
interface RulesOnBuses {
  /** The rules by their ids. */
  readonly rules: BusRules;
}

export interface QueueFunctionOptions
  extends SluiceFunctionProps,
    Pick<SubscribedQueueProps, 'deliveryDelay' | 'key'> {
  /**
   * The most events handed to the function at once.
   *
   * @default 10
   */
  readonly batchSize?: number;

  /**
   * The time for which a batch may gather. SQS asks for at least a second if a batch may exceed 10.
   *
   * @default - 1 second
   */
  readonly batchWindow?: Duration;

  /**
   * The most batches in progress at once, 2 to 1000. It bounds what a flood can do to the tables and to the account's
   * concurrency; the rest waits in the queue.
   *
   * @default 10
   */
  readonly maxConcurrency?: number;
}

export type QueueFunctionProps = QueueFunctionOptions & (RulesOnOneBus | RulesOnBuses);

/** A function that processes what its rules put into its queue, and reports failures record by record. */
export class QueueFunction extends Construct {
  readonly function: SluiceFunction;
  readonly source: SubscribedQueue;

  constructor(scope: Construct, id: string, props: QueueFunctionProps) {
    super(scope, id);
    const maxBatchingWindow = props.batchWindow ?? Duration.seconds(1);
    this.function = new SluiceFunction(this, 'Handler', props);
    this.source = new SubscribedQueue(this, 'Events', {
      rules: 'rules' in props ? props.rules : rulesOn(props.bus, props.patterns),
      key: props.key,
      ...(props.deliveryDelay && { deliveryDelay: props.deliveryDelay }),
      // AWS recommends this: without room for throttled invocations, messages return while they are still processed.
      visibilityTimeout: Duration.seconds(
        6 * this.function.timeout.toSeconds() + maxBatchingWindow.toSeconds(),
      ),
    });
    this.function.live.addEventSource(
      new QueueSource(this.source.queue, {
        batchSize: props.batchSize ?? 10,
        maxBatchingWindow,
        maxConcurrency: props.maxConcurrency ?? 10,
      }),
    );
  }
}
