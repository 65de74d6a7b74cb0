import { type Alarm, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { createAlarm, periodOfMinutes } from './create-alarm.ts';

/** The metrics of events that are lost between the bus and a queue, by rule. Both are sent only if they aren't zero. */
export const lostEvents = ['FailedInvocations', 'InvocationsFailedToBeSentToDlq'] as const;

/** Returns a metric of a rule on a bus of the app. */
export const ruleMetric = ({ eventBusName }: EventBus, ruleName: string, metricName: string): Metric =>
  new Metric({
    namespace: 'AWS/Events',
    metricName,
    dimensionsMap: { EventBusName: eventBusName, RuleName: ruleName },
    statistic: 'Sum',
    ...periodOfMinutes(1),
  });

/**
 * Creates an alarm on events that reached neither their queue nor the queue beside it: they are in the archive only.
 */
export const alarmOnLostEvents = (scope: Construct, bus: EventBus, ruleNames: readonly string[]): Alarm => {
  const usingMetrics = Object.fromEntries(
    ruleNames.flatMap((rule, i) => lostEvents.map((name, j) => [`m${i}${j}`, ruleMetric(bus, rule, name)])),
  );
  const sum = Object.keys(usingMetrics).map((id) => `FILL(${id}, 0)`);
  return createAlarm(scope, 'LostEventsAlarm', {
    section: 'lost-events',
    metric: new MathExpression({
      label: 'Events lost between bus and queue',
      expression: sum.join(' + '),
      usingMetrics,
      ...periodOfMinutes(1),
    }),
    threshold: 1,
    evaluationPeriods: 1,
    alarmDescription:
      'EventBridge could put events neither into the queue of the function nor into its queue of undeliverable ' +
      'events. They are in the archive only: fix the policies of both queues, then replay that time from the archive.',
  });
};
