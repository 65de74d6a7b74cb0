import { CfnOutput, Duration, Stack, Validations } from 'aws-cdk-lib';
import { type EventBus, type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Queue, QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { RulePattern } from '../../events/index.ts';
import { alarmOnBacklog, alarmOnDeadLetters } from './alarms.ts';
import { QueueTarget } from './queue-target.ts';
import { alarmOnLostEvents } from './rule-alarms.ts';
import { safeQueue } from './safe-queue.ts';

export interface SubscribedQueueProps {
  readonly bus: EventBus;

  /** What the queue takes in: the patterns of its rules, by the rules' ids. */
  readonly patterns: Readonly<Record<string, RulePattern>>;

  /** How long a message stays hidden while it is worked on. */
  readonly visibilityTimeout: Duration;

  /**
   * How often a message is tried before it is a dead letter.
   *
   * @default 5
   */
  readonly maxReceiveCount?: number;

  /**
   * At which age of its oldest message the queue is too far behind.
   *
   * @default - 10 minutes
   */
  readonly backlogLimit?: Duration;

  /**
   * The key that encrypts messages.
   *
   * @default - one of SQS
   */
  readonly key?: IKey | undefined;

  /**
   * How long each message waits before it is handed over.
   *
   * @default - not at all
   */
  readonly deliveryDelay?: Duration;
}

/** As long as SQS can: time to find the cause and mend it. */
const deadLetterRetention = Duration.days(14);

/**
 * A queue that is subscribed to a bus. What can't be worked on ends in `deadLetters`, what can't even be
 * delivered to the queue in `undeliverable`: two queues, since only the first one can be redriven by SQS.
 *
 * The stack's outputs call them after the construct that they are made in, such as `ScoreLeadsQueueUrl`.
 */
export class SubscribedQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly undeliverable: Queue;
  readonly bus: EventBus;
  readonly ruleNames: readonly string[];

  constructor(scope: Construct, id: string, props: SubscribedQueueProps) {
    super(scope, id);
    const queue = (queueId: string, own: QueueProps): Queue => safeQueue(this, queueId, props.key, own);
    this.deadLetters = queue('DeadLetters', { retentionPeriod: deadLetterRetention });
    this.undeliverable = queue('Undeliverable', { retentionPeriod: deadLetterRetention });
    Validations.of(this.undeliverable).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: "It is a dead-letter queue: that of the rules' targets, which cdk-nag doesn't look at.",
    });
    this.queue = queue('Queue', {
      visibilityTimeout: props.visibilityTimeout,
      retentionPeriod: Duration.days(4),
      ...(props.deliveryDelay && { deliveryDelay: props.deliveryDelay }),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: props.maxReceiveCount ?? 5 },
    });

    const target = new QueueTarget(this.queue, this.undeliverable);
    this.bus = props.bus;
    this.ruleNames = Object.entries(props.patterns).map(([ruleId, pattern]) => {
      // Rules are watched by their names; a generated one can't be told from what `Ref` gives.
      const ruleName = `${Stack.of(this).stackName}-${scope.node.id}-${ruleId}`;
      const eventPattern = toEventPattern(pattern);
      new Rule(this, ruleId, { ruleName, eventBus: props.bus, eventPattern, targets: [target] });
      return ruleName;
    });

    alarmOnBacklog(this.queue, props.backlogLimit ?? Duration.minutes(10));
    alarmOnDeadLetters(
      this.deadLetters,
      'dead-letters',
      'Events were tried again and again, then given up. Find the cause in the log of the function, mend it, ' +
        'then redrive this queue with `sluice dlq redrive`: what was processed after all is recognised.',
    );
    alarmOnDeadLetters(
      this.undeliverable,
      'undeliverable-events',
      'EventBridge was denied the queue of the function, or could not reach it for a day. Mend the policy of ' +
        'the queue, then redrive this one with `sluice dlq redrive`: what arrived is recognised.',
    );
    alarmOnLostEvents(this, props.bus, this.ruleNames);
    tellWhere(scope.node.id, this);
  }
}

/**
 * Tells the command line where the queues are, and by their names which belong together: `<name>QueueUrl` is where
 * messages of `<name>DeadLettersUrl` and `<name>UndeliverableUrl` are to go back to.
 */
const tellWhere = (name: string, { queue, deadLetters, undeliverable }: SubscribedQueue): void => {
  for (const each of [queue, deadLetters, undeliverable])
    new CfnOutput(each, 'Url', { value: each.queueUrl }).overrideLogicalId(`${name}${each.node.id}Url`);
};

/** The CDK types `source` as literals only, but hands on matchers such as `anything-but` just as well. */
const toEventPattern = ({ source, 'detail-type': detailType, detail }: RulePattern): EventPattern => ({
  ...(source && { source: source as string[] }),
  detailType: [...detailType],
  ...(detail && { detail }),
});
