import { CfnOutput, Duration, Stack, Validations } from 'aws-cdk-lib';
import { type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Queue, QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { RulePattern } from '../../events/index.ts';
import { alarmOnBacklog, alarmOnDeadLetters } from './alarms.ts';
import type { BusRules, NamedRule } from './bus-rule.ts';
import { QueueTarget } from './queue-target.ts';
import { alarmsOnLostEvents } from './rule-alarms.ts';
import { fitRuleName } from './rule-name.ts';
import { safeQueue } from './safe-queue.ts';

export interface SubscribedQueueProps {
  /** The rules that feed the queue, by their ids, each on its bus. None if something else feeds it. */
  readonly rules: BusRules;

  /** The time for which a message stays hidden while it is processed. */
  readonly visibilityTimeout: Duration;

  /**
   * The number of tries before a message becomes a dead letter.
   *
   * @default 5
   */
  readonly maxReceiveCount?: number;

  /**
   * The age of the oldest message at which the alarm goes off.
   *
   * @default - 10 minutes
   */
  readonly backlogLimit?: Duration;

  /**
   * The key that encrypts messages.
   *
   * @default - a key of SQS
   */
  readonly key?: IKey | undefined;

  /**
   * The time that each message waits before it is delivered.
   *
   * @default - none
   */
  readonly deliveryDelay?: Duration;
}

/** The longest that SQS offers: time to find the cause and fix it. */
const deadLetterRetention = Duration.days(14);

/**
 * A queue that rules of one bus or of several feed. Messages that can't be processed end in `deadLetters`, events that can't even be
 * delivered to the queue in `undeliverable`: two queues, since SQS can redrive only the first.
 *
 * The stack's outputs are named after the construct that contains the queue, such as `ScoreLeadsQueueUrl`.
 */
export class SubscribedQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly undeliverable: Queue;
  readonly rules: readonly NamedRule[];

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
    this.rules = Object.entries(props.rules).map(([ruleId, { bus, pattern }]) => {
      // Alarms need the names of rules, and a generated name is not what `Ref` returns.
      const ruleName = fitRuleName(`${Stack.of(this).stackName}-${scope.node.id}-${ruleId}`);
      const eventPattern = toEventPattern(pattern);
      new Rule(this, ruleId, { ruleName, eventBus: bus, eventPattern, targets: [target] });
      return { bus, ruleName };
    });

    alarmOnBacklog(this.queue, props.backlogLimit ?? Duration.minutes(10));
    alarmOnDeadLetters(
      this.deadLetters,
      'dead-letters',
      'Events failed on every attempt and were given up. Find the cause in the log of the function, fix it, then ' +
        'redrive this queue with `sluice dlq redrive`: events that were processed after all are recognised.',
    );
    alarmOnDeadLetters(
      this.undeliverable,
      'undeliverable-events',
      'EventBridge was denied the queue of the function, or could not reach it for a day. Fix the policy of ' +
        'the queue, then redrive this one with `sluice dlq redrive`: events that arrived are recognised.',
    );
    alarmsOnLostEvents(this, this.rules);
    writeOutputs(scope.node.id, this);
  }
}

/**
 * Writes the outputs by which the command line finds the queues. Their names relate them: messages of
 * `<name>DeadLettersUrl` and `<name>UndeliverableUrl` go back to `<name>QueueUrl`.
 */
const writeOutputs = (name: string, { queue, deadLetters, undeliverable }: SubscribedQueue): void => {
  for (const each of [queue, deadLetters, undeliverable])
    new CfnOutput(each, 'Url', { value: each.queueUrl }).overrideLogicalId(`${name}${each.node.id}Url`);
};

/**
 * Returns the pattern in the CDK's type, which takes only literals as `source` and type but passes on matchers
 * such as `anything-but`.
 */
const toEventPattern = ({ source, 'detail-type': detailType, detail }: RulePattern): EventPattern => ({
  ...(source && { source: source as string[] }),
  ...(detailType && { detailType: detailType as string[] }),
  ...(detail && { detail }),
});
