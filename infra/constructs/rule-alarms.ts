import { type Alarm, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { NamedRule } from './bus-rule.ts';
import { createAlarm, periodOfMinutes } from './create-alarm.ts';

/** The metrics of events that are lost between the bus and a queue, by rule. Both are sent only if they aren't zero. */
export const lostEvents = ['FailedInvocations', 'InvocationsFailedToBeSentToDlq'] as const;

/** Returns a metric of a rule. */
export const ruleMetric = ({ bus, ruleName }: NamedRule, metricName: string): Metric =>
  new Metric({
    namespace: 'AWS/Events',
    metricName,
    dimensionsMap: { EventBusName: bus.eventBusName, RuleName: ruleName },
    statistic: 'Sum',
    ...periodOfMinutes(1),
  });

/**
 * The most rules of one alarm: an alarm's expression may have 10 metrics. Source:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
 */
const mostRules = 5;

/**
 * Creates alarms on events that reached neither their queue nor the queue beside it: of the app's own bus they are in the
 * archive only, and of a partner's bus lost.
 */
export const alarmsOnLostEvents = (scope: Construct, rules: readonly NamedRule[]): Alarm[] =>
  Array.from({ length: Math.ceil(rules.length / mostRules) }, (_, i) =>
    alarmOnLostEvents(
      scope,
      i === 0 ? 'LostEventsAlarm' : `LostEventsAlarm${i + 1}`,
      rules.slice(i * mostRules, (i + 1) * mostRules),
    ),
  );

const alarmOnLostEvents = (scope: Construct, id: string, rules: readonly NamedRule[]): Alarm => {
  const usingMetrics = Object.fromEntries(
    rules.flatMap((rule, i) => lostEvents.map((name, j) => [`m${i}${j}`, ruleMetric(rule, name)])),
  );
  const sum = Object.keys(usingMetrics).map((metric) => `FILL(${metric}, 0)`);
  return createAlarm(scope, id, {
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
