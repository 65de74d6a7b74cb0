import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { createAlarm, periodOfMinutes } from './create-alarm.ts';
import { ownMetric } from './own-metric.ts';

/** Creates an alarm on a subscription whose deliveries were paused: nothing resumes them but a person. */
export const alarmOnPausedDeliveries = (scope: Construct): void => {
  createAlarm(scope, 'PausedDeliveriesAlarm', {
    section: 'paused-deliveries',
    metric: ownMetric(scope, 'send-deliveries', 'DeliveriesPaused', periodOfMinutes(1)),
    threshold: 1,
    evaluationPeriods: 1,
    alarmDescription:
      'The deliveries of a subscription were paused: its target is gone, or has failed for too long. What is waiting ' +
      'stays. `sluice deliveries list` shows which subscription, and why; fix the target, then `sluice deliveries ' +
      'resume`.',
  });
};

/**
 * Creates an alarm on deliveries that were given up. A single one may be about its lead, such as one that has no contact
 * in HubSpot; a tenth of all means that a target refuses what is sent.
 */
export const alarmOnFailedDeliveries = (scope: Construct): void => {
  createAlarm(scope, 'FailedDeliveriesAlarm', {
    section: 'failed-deliveries',
    metric: new MathExpression({
      label: 'Deliveries given up in percent',
      expression: 'IF(failed >= 10, 100 * failed / (failed + FILL(sent, 0)), 0)',
      usingMetrics: {
        failed: ownMetric(scope, 'send-deliveries', 'DeliveriesFailed'),
        sent: ownMetric(scope, 'send-deliveries', 'DeliveriesSent'),
      },
      ...periodOfMinutes(60),
    }),
    threshold: 10,
    evaluationPeriods: 1,
    alarmDescription:
      'Within an hour, 10 % of the deliveries that ended, and at least 10, were given up: their targets refuse them, or ' +
      'their leads have no record there. `sluice deliveries list SUBSCRIPTION --state failed` says why; fix the cause, ' +
      'then `sluice deliveries replay`.',
  });
};

/** Creates an alarm on the first erasure that a target didn't take: the target still has what it got of a person. */
export const alarmOnUndeliveredErasures = (scope: Construct): void => {
  createAlarm(scope, 'UndeliveredErasuresAlarm', {
    section: 'undelivered-erasures',
    metric: ownMetric(scope, 'send-deliveries', 'ErasuresUndelivered', periodOfMinutes(5)),
    threshold: 1,
    evaluationPeriods: 1,
    alarmDescription:
      'A lead was erased, and the target of a subscription did not take that: it still has what it got of the lead. ' +
      '`sluice deliveries list SUBSCRIPTION --state failed` shows which lead, and why; remove it at the target by hand.',
  });
};
