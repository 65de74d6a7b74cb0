import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';
import { apiServices } from '../../../events/api/index.ts';
import { doorMetric } from '../door-alarms.ts';
import { ownMetric } from '../own-metric.ts';
import { graph } from './graph.ts';
import type { Watched } from './watched.ts';

/** Returns the graphs of the API: requests by door, their outcome by function, and how long they took. */
export const apiWidgets = (scope: IConstruct, { doors }: Watched): IWidget[] => [
  graph(
    'Requests by door, and those that failed',
    doors.flatMap(({ node: { id }, api }) => [
      doorMetric(api, 'Count', { label: `${id} requests` }),
      doorMetric(api, '4xx', { label: `${id} refused` }),
    ]),
    {
      right: doors.map(({ node: { id }, api }) => doorMetric(api, '5xx', { label: `${id} failed (right)` })),
    },
  ),
  graph(
    'Requests by function',
    apiServices.flatMap((service) => [
      ownMetric(scope, service, 'RequestsAnswered', { label: `${service} answered` }),
      ownMetric(scope, service, 'RequestsRefused', { label: `${service} refused` }),
      ownMetric(scope, service, 'RequestsFailed', { label: `${service} failed` }),
    ]),
  ),
  graph(
    'Latency by door, p50 and p99, milliseconds',
    doors.flatMap(({ node: { id }, api }) =>
      ['p50', 'p99'].map((statistic) =>
        doorMetric(api, 'Latency', { statistic, label: `${id} ${statistic}` }),
      ),
    ),
  ),
];
