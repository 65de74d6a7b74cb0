import type { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Alarm, MathExpression, Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { createAlarm, periodOfMinutes } from './create-alarm.ts';

/**
 * Returns a metric of an HTTP API. Source:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 */
export const doorMetric = (
  { ref }: CfnApi,
  metricName: 'Count' | '4xx' | '5xx' | 'Latency',
  options: MetricOptions = {},
): Metric =>
  new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiId: ref },
    statistic: metricName === 'Count' ? 'SampleCount' : 'Sum',
    ...periodOfMinutes(5),
    ...options,
  });

/** The words of the alarm on failed requests that differ from door to door. */
export interface FailureWords {
  /** The requests, such as "requests to this door of the API". */
  readonly requests: string;
  /** Whether and how callers send failed requests again, as a sentence. */
  readonly again: string;
}

/**
 * Creates an alarm on the share of requests that are answered by a status of 500 or more. The functions turn whatever
 * they throw into such an answer, so that the alarm on their failed invocations stays silent.
 */
export const alarmOnFailedRequests = (
  scope: Construct,
  api: CfnApi,
  { requests, again }: FailureWords,
): Alarm =>
  createAlarm(scope, 'FailedRequestsAlarm', {
    section: 'failed-requests',
    metric: new MathExpression({
      label: 'Failed requests in percent',
      // A single one may be chance.
      expression: 'IF(failed >= 2, 100 * failed / requests, 0)',
      usingMetrics: { failed: doorMetric(api, '5xx'), requests: doorMetric(api, 'Count') },
      ...periodOfMinutes(5),
    }),
    threshold: 5,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    alarmDescription:
      `In 2 of 3 periods of 5 minutes, 5 % of the ${requests}, and at least two, were answered by a status of 500 or more. ` +
      `${again} Look at the access log for the routes, then at the log of their function.`,
  });
