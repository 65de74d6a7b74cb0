import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { createAlarm, periodOfMinutes } from './create-alarm.ts';
import type { SluiceFunction } from './sluice-function.ts';

/** The most metrics that the expression of an alarm may have. */
const metricsOfAnAlarm = 10;

/** Returns a service as an identifier of an expression: `score-leads` is `scoreLeads`. */
const identifierOf = (service: string): string =>
  service.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const listInWords = (functions: readonly SluiceFunction[]): string =>
  functions
    .map(({ service }) => service)
    .sort()
    .join(', ');

const alarmOnGroup = (scope: Construct, id: string, functions: readonly SluiceFunction[]): void => {
  const throttles = functions.map(
    ({ service, lambda }) =>
      [
        identifierOf(service),
        lambda.metricThrottles({ label: service, ...periodOfMinutes(5), statistic: 'Sum' }),
      ] as const,
  );
  createAlarm(scope, id, {
    section: 'throttled-functions',
    metric: new MathExpression({
      label: 'Throttled invocations',
      expression: throttles.map(([name]) => `FILL(${name}, 0)`).join(' + '),
      usingMetrics: Object.fromEntries(throttles),
      ...periodOfMinutes(5),
    }),
    threshold: 1,
    evaluationPeriods: 3,
    alarmDescription:
      `For 15 minutes invocations have been throttled of one of these functions: ${listInWords(functions)}. The ` +
      "account's concurrency is used up, or the concurrency that is reserved for a function is too low.",
  });
};

/**
 * Creates the alarms on lasting throttles of functions. A single throttle is how Lambda scales; throttles for a quarter
 * of an hour mean a limit that is too low. Functions share alarms, as many as an alarm has metrics: the account's
 * concurrency is one for all of them, and a stack has room for 500 resources.
 */
export const alarmOnThrottles = (scope: Construct, functions: readonly SluiceFunction[]): void => {
  for (let first = 0; first < functions.length; first += metricsOfAnAlarm) {
    const group = functions.slice(first, first + metricsOfAnAlarm);
    alarmOnGroup(scope, `FunctionsThrottledAlarm${first / metricsOfAnAlarm + 1}`, group);
  }
};
