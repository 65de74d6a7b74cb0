import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnEventBus, EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { createAlarm, periodOfMinutes } from './create-alarm.ts';
import { safeQueue } from './safe-queue.ts';

/**
 * Creates the queue for events that the bus accepted and then could not encrypt or decrypt, since its key was disabled
 * or denied. They would be lost:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-dlq.html
 *
 * The queue is encrypted by SQS's own key: under the failing key nothing could be put into it.
 */
export const unreadableEventsQueue = (
  scope: Construct,
  id: string,
  bus: EventBus,
  removalPolicy: RemovalPolicy,
): Queue => {
  const queue = safeQueue(scope, id, undefined, { retentionPeriod: Duration.days(14), removalPolicy });
  queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': bus.eventBusArn } },
    }),
  );
  (bus.node.defaultChild as CfnEventBus).deadLetterConfig = { arn: queue.queueArn };
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: "It is a dead-letter queue: that of the bus, which cdk-nag doesn't check.",
  });
  return queue;
};

/**
 * Creates an alarm on the first unreadable event: each is an event that nobody gets. The alarm belongs to the stack
 * that has the other alarms' topic.
 */
export const alarmOnUnreadable = (scope: Construct, queue: IQueue): Alarm =>
  createAlarm(scope, 'UnreadableEventsAlarm', {
    section: 'unreadable-events',
    metric: queue.metricApproximateNumberOfMessagesVisible({ ...periodOfMinutes(1), statistic: 'Maximum' }),
    threshold: 1,
    evaluationPeriods: 1,
    alarmDescription:
      'EventBridge could not use the key of the account and gave up events that it had accepted. No function gets ' +
      'them, and only their producers can send them again. Check whether the key is enabled, and its policy.',
  });
