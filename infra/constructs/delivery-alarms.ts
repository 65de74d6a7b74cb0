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
