import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';
import { ownMetric } from '../own-metric.ts';
import { graph } from './graph.ts';
import type { Watched } from './watched.ts';

/** Returns the graphs of what sources send and of what targets get, as far as the deployment has any. */
export const integrationWidgets = (scope: IConstruct, { functions }: Watched): IWidget[] => {
  const has = (name: string): boolean => functions.some(({ service }) => service === name);
  const intake = (['receive-webhooks', 'take-partner-events'] as const).filter(has);
  return [
    ...(has('receive-webhooks')
      ? [
          graph('Webhooks refused and failed', [
            ownMetric(scope, 'receive-webhooks', 'WebhooksRefused', { label: 'refused' }),
            ownMetric(scope, 'receive-webhooks', 'WebhooksFailed', { label: 'failed' }),
          ]),
        ]
      : []),
    ...(intake.length > 0
      ? [
          graph(
            'Payloads of sources, and those that became no event',
            intake.flatMap((service) => [
              ownMetric(scope, service, 'PayloadsTaken', { label: `${service} taken` }),
              ownMetric(scope, service, 'PayloadsUnmapped', { label: `${service} quarantined` }),
              ownMetric(scope, service, 'PayloadsUnknown', { label: `${service} unknown` }),
            ]),
          ),
        ]
      : []),
    ...(has('send-deliveries')
      ? [
          graph(
            'Deliveries to targets, and their lag',
            [
              ownMetric(scope, 'send-deliveries', 'DeliveriesSent', { label: 'sent' }),
              ownMetric(scope, 'send-deliveries', 'DeliveriesFailed', { label: 'given up' }),
              ownMetric(scope, 'send-deliveries', 'DeliveriesSuperseded', { label: 'superseded' }),
              ownMetric(scope, 'send-deliveries', 'AttemptsFailed', { label: 'attempts failed' }),
            ],
            {
              right: [
                ownMetric(scope, 'send-deliveries', 'DeliveryLagSeconds', {
                  statistic: 'Maximum',
                  label: 'lag, seconds (right)',
                }),
              ],
            },
          ),
        ]
      : []),
  ];
};
