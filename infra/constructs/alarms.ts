import type { Duration } from 'aws-cdk-lib';
import { type Alarm, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { createAlarm, periodOfMinutes, type RunbookSection } from './create-alarm.ts';

/**
 * Creates an alarm on the first message of a dead-letter queue: nothing in there resolves itself.
 *
 * @param alarmDescription how the messages came there and how to get them out
 */
export const alarmOnDeadLetters = (queue: IQueue, section: RunbookSection, alarmDescription: string): Alarm =>
  createAlarm(queue, 'DepthAlarm', {
    section,
    metric: queue.metricApproximateNumberOfMessagesVisible({ ...periodOfMinutes(1), statistic: 'Maximum' }),
    threshold: 1,
    evaluationPeriods: 1,
    alarmDescription,
  });

/**
 * Creates an alarm on the age of a queue's oldest message. The limit lies above the time that a retried batch takes.
 */
export const alarmOnBacklog = (queue: IQueue, limit: Duration): Alarm =>
  createAlarm(queue, 'AgeAlarm', {
    section: 'backlog',
    metric: queue.metricApproximateAgeOfOldestMessage({ ...periodOfMinutes(1), statistic: 'Maximum' }),
    threshold: limit.toSeconds(),
    evaluationPeriods: 3,
    alarmDescription:
      `For 3 minutes a message has waited ${limit.toMinutes()} minutes or longer. More arrives than is ` +
      'processed, or the function fails: look at its errors and throttles, then at its maximum concurrency.',
  });

/**
 * Creates an alarm on the share of invocations that fail as a whole. Only a timeout, a crash or a broken deployment
 * does that, since a bad record is reported by itself. It measures the rate, not the count, so that the limit holds at
 * every load.
 */
export const alarmOnErrors = (fn: IFunction): Alarm =>
  createAlarm(fn, 'ErrorAlarm', {
    section: 'failed-invocations',
    metric: new MathExpression({
      label: 'Failed invocations in percent',
      expression: 'IF(invocations > 0, 100 * errors / invocations, 0)',
      usingMetrics: {
        errors: fn.metricErrors({ statistic: 'Sum' }),
        invocations: fn.metricInvocations({ statistic: 'Sum' }),
      },
      ...periodOfMinutes(5),
    }),
    threshold: 5,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    alarmDescription:
      'In 2 of 3 periods of 5 minutes, 5 % of the invocations or more failed as a whole: timeout, crash or ' +
      'a broken deployment. Their events are retried; look at the log.',
  });

/**
 * Creates an alarm on how far a function is behind the streams that it reads. Lambda measures this per function, not
 * per mapping; the maximum is that of the mapping that is furthest behind.
 */
export const alarmOnIteratorAge = (fn: IFunction, limit: Duration): Alarm =>
  createAlarm(fn, 'IteratorAgeAlarm', {
    section: 'stream-behind',
    metric: fn.metric('IteratorAge', { ...periodOfMinutes(1), statistic: 'Maximum' }),
    threshold: limit.toMilliseconds(),
    evaluationPeriods: 3,
    alarmDescription:
      `For 3 minutes changes have waited ${limit.toMinutes()} minutes or longer for their announcement. A record ` +
      'fails and is retried, or more is written than is published. The stream drops records after 24 hours.',
  });

/**
 * Creates the alarms for the two ways in which a record can leave a stream unprocessed: stored in the on-failure
 * destination, or lost.
 */
export const alarmsOnGivenUp = (scope: Construct, mappingId: string): Alarm[] => {
  const createCountMetric = (metricName: string) =>
    new Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { EventSourceMappingUUID: mappingId },
      statistic: 'Sum',
      ...periodOfMinutes(1),
    });
  const once = { threshold: 1, evaluationPeriods: 1 };
  return [
    createAlarm(scope, 'FailedRecordsAlarm', {
      section: 'failed-records',
      ...once,
      metric: createCountMetric('OnFailureDestinationDeliveredEventCount'),
      alarmDescription:
        'Stream records failed on every attempt and are stored complete in the bucket of failed records. Find the cause ' +
        'in the log of the function, fix it, then redrive them: ids are deterministic, so consumers drop ' +
        'duplicates.',
    }),
    createAlarm(scope, 'DroppedAlarm', {
      section: 'records-dropped',
      ...once,
      metric: createCountMetric('DroppedEventCount'),
      alarmDescription:
        'Stream records failed on every attempt and could not be put into the bucket of failed records either. The ' +
        'ledger still has the changes: publish them again from there, and check the grant on the bucket.',
    }),
  ];
};
