import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { deliveriesPattern } from '../../events/index.ts';
import type { Subscription } from '../../shared/deliveries/index.ts';
import { deliveryTimeIndex, subscriptionPartition } from '../../shared/keys/index.ts';
import { documentsBesideBundle } from './document-asset.ts';
import { leadAttributes } from './item-attributes.ts';
import { grantIndex, grantPartitions, grantReading } from './item-grants.ts';
import { grantKey } from './key-grants.ts';
import { QueueFunction, type QueueFunctionOptions } from './queue-function.ts';
import { QueueScheduleTarget } from './queue-schedule-target.ts';
import { grantSecrets, type Secrets } from './secrets.ts';

export interface DeliveriesProps extends Pick<QueueFunctionOptions, 'logRetention'> {
  readonly bus: EventBus;
  readonly leads: TableV2;
  readonly deliveries: TableV2;
  readonly secrets: Secrets;

  /** The subscriptions, checked. */
  readonly subscriptions: readonly Subscription[];

  /**
   * The key that encrypts tables, queues and secrets.
   *
   * @default - keys of AWS
   */
  readonly key: IKey | undefined;
}

/** The name of the file with the subscriptions beside a bundle; the value of `SUBSCRIPTIONS_FILE`. */
const subscriptionsFileName = 'subscriptions.json';

/** The partitions of all subscriptions. */
const partitions = [subscriptionPartition('*')];

/** Creates the functions that deliver announcements to the targets of subscriptions. */
export const createDeliveries = (scope: Construct, props: DeliveriesProps): void =>
  planDeliveries(scope, props, sendDeliveries(scope, props));

/** Creates the function that notes, for each announcement, the subscriptions to which it has to be delivered. */
const planDeliveries = (scope: Construct, props: DeliveriesProps, pokes: Queue): void => {
  const { deliveries, subscriptions, bus, key, logRetention } = props;
  const { lambda } = new QueueFunction(scope, 'PlanDeliveries', {
    service: 'plan-deliveries',
    memorySize: 256,
    logRetention,
    commandHooks: documentsBesideBundle({ [subscriptionsFileName]: subscriptions }),
    environment: {
      DELIVERIES_TABLE: deliveries.tableName,
      SEND_QUEUE_URL: pokes.queueUrl,
      SUBSCRIPTIONS_FILE: subscriptionsFileName,
    },
    bus,
    key,
    patterns: { Announced: deliveriesPattern },
  }).function;
  // The deliveries of an erased lead are read as a whole, and their data is removed.
  grantPartitions(deliveries, lambda, partitions, 'GetItem', 'Query', 'UpdateItem');
  grantPoking(lambda, pokes);
  grantKey(key, lambda, 'tables', 'sending');
};

const grantPoking = (grantee: IGrantable, { queueArn }: Queue): Grant =>
  Grant.addToPrincipal({ grantee, actions: ['sqs:SendMessage'], resourceArns: [queueArn] });

/**
 * Creates the function that sends what is due, and returns the queue of its pokes. A poke names a subscription; one that
 * names none, sent every minute, is for all. A poke that is lost delays a delivery by a minute.
 */
const sendDeliveries = (scope: Construct, props: DeliveriesProps): Queue => {
  const { leads, deliveries, secrets, subscriptions, key, logRetention } = props;
  const sending = new QueueFunction(scope, 'SendDeliveries', {
    service: 'send-deliveries',
    logRetention,
    commandHooks: documentsBesideBundle({ [subscriptionsFileName]: subscriptions }),
    environment: {
      LEADS_TABLE: leads.tableName,
      DELIVERIES_TABLE: deliveries.tableName,
      TARGET_SECRETS_ID: secrets.targets.ref,
      SUBSCRIPTIONS_FILE: subscriptionsFileName,
    },
    key,
    rules: {},
    // A target may take 15 seconds for an answer.
    timeout: Duration.seconds(90),
    // It pokes itself while there is more to send than one run may: a long backlog is no loop.
    recursiveLoop: RecursiveLoop.ALLOW,
  });
  const { lambda } = sending.function;
  const { queue } = sending.source;
  grantPartitions(deliveries, lambda, partitions, 'GetItem', 'Query', 'UpdateItem');
  grantIndex(deliveries, deliveryTimeIndex.name, lambda);
  // The attributes that subscriptions name are among the facts of a lead's state.
  grantReading(leads, lambda, 'BatchGetItem', leadAttributes.sendDeliveries.read);
  lambda.addEnvironment('SEND_QUEUE_URL', queue.queueUrl);
  grantPoking(lambda, queue);
  grantSecrets(lambda, key, secrets.targets);
  grantKey(key, lambda, 'tables', 'sending');
  new Schedule(sending, 'EveryMinute', {
    description: 'Has deliveries tried again',
    schedule: ScheduleExpression.rate(Duration.minutes(1)),
    target: new QueueScheduleTarget(sending, { queue, message: {}, maxAge: Duration.minutes(1) }),
  });
  return queue;
};
