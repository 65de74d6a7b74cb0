import { type IMetric, type IWidget, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { SluiceFunction } from '../sluice-function.ts';
import { tableMetric } from '../table-alarms.ts';
import { graph } from './graph.ts';
import type { Watched } from './watched.ts';

/** Returns the consumed units of all tables and their indexes. An index counts its own, beside those of its table. */
const units = ({ tables }: Watched, metricName: string, label: string): IMetric[] =>
  Object.entries(tables).flatMap(([name, { table, indexes }]) => [
    tableMetric(table, metricName).with({ label: `${name} ${label}` }),
    ...indexes.map((index) =>
      tableMetric(table, metricName, index).with({ label: `${name} ${index} ${label}` }),
    ),
  ]);

const mbOfGb = 1_024;

const gbSeconds = ({ service, lambda, memorySize }: SluiceFunction, i: number): IMetric =>
  new MathExpression({
    label: service,
    expression: `FILL(d${i}, 0) / 1000 * ${memorySize / mbOfGb}`,
    usingMetrics: { [`d${i}`]: lambda.metricDuration({ statistic: 'Sum' }) },
  });

/**
 * Returns what SQS charges for. SQS counts messages one by one, so batches give a higher number than there were
 * requests.
 */
const queueRequests = (queue: IQueue, name: string, i: number): IMetric =>
  new MathExpression({
    label: name,
    expression: `FILL(s${i}, 0) + FILL(r${i}, 0) + FILL(d${i}, 0) + FILL(e${i}, 0)`,
    usingMetrics: {
      [`s${i}`]: queue.metricNumberOfMessagesSent({ statistic: 'Sum' }),
      [`r${i}`]: queue.metricNumberOfMessagesReceived({ statistic: 'Sum' }),
      [`d${i}`]: queue.metricNumberOfMessagesDeleted({ statistic: 'Sum' }),
      [`e${i}`]: queue.metricNumberOfEmptyReceives({ statistic: 'Sum' }),
    },
  });

/** Returns a metric of the whole account and region: EventBridge doesn't separate buses here. */
const putEvents = (metricName: string, label: string): Metric =>
  new Metric({ namespace: 'AWS/Events', metricName, statistic: 'Sum', label });

const logBytes = (label: string, { logGroupName }: ILogGroup): Metric =>
  new Metric({
    namespace: 'AWS/Logs',
    metricName: 'IncomingBytes',
    dimensionsMap: { LogGroupName: logGroupName },
    statistic: 'Sum',
    label,
  });

/** Returns the graphs of everything that the bill consists of. */
export const costWidgets = (watched: Watched): IWidget[] => [
  graph('Write units', units(watched, 'ConsumedWriteCapacityUnits', 'writes'), { stacked: true }),
  graph('Read units', units(watched, 'ConsumedReadCapacityUnits', 'reads'), { stacked: true }),
  graph('GB-seconds of functions', watched.functions.map(gbSeconds), { stacked: true }),
  graph('PutEvents of the account', [
    putEvents('PutEventsEntriesCount', 'entries'),
    putEvents('PutEventsFailedEntriesCount', 'refused entries'),
    putEvents('PutEventsApproximateThrottledCount', 'throttled requests'),
  ]),
  graph(
    'Messages sent, received, deleted, and empty receives',
    watched.queues.map(({ name, subscribed }, i) => queueRequests(subscribed.queue, name, i)),
    { stacked: true },
  ),
  graph(
    'Bytes of logs',
    [
      ...watched.functions.map(({ service, lambda }) => logBytes(service, lambda.logGroup)),
      ...watched.doors.map(({ node: { id }, logGroup }) => logBytes(`${id} access`, logGroup)),
    ],
    { stacked: true },
  ),
];
