import type { CostLine } from './lines.ts';
import { computeCost, type PriceName } from './prices.ts';

/** A resource of a template, with unresolved intrinsic functions in its properties. */
export interface DeployedResource {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const hoursAMonth = 730;

/**
 * The empty receives of a queue in a month. Lambda polls an empty queue with five long polls of 20 seconds, and a
 * maximum concurrency doesn't lower their number:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const emptyReceives = (5 * hoursAMonth * 3_600) / 20;

const monthly = (what: string, amount: number, price: PriceName, service = 'CloudWatch'): CostLine => ({
  service,
  what,
  amount,
  unit: 'a month',
  usd: computeCost(price, amount),
});

/**
 * Counts the metrics that alarms look at, each of which is charged: the alarm's own metric, or those of its expression.
 */
const countAlarmMetrics = (resources: readonly DeployedResource[]): number =>
  resources
    .filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
    .flatMap(({ properties: { Metrics } }) => (Array.isArray(Metrics) ? Metrics : [{ MetricStat: {} }]))
    .filter(({ MetricStat }) => MetricStat !== undefined).length;

/**
 * Returns the monthly charges that don't depend on events, from the resources in the templates and the number of custom
 * metrics.
 */
export const computeFixedLines = (resources: readonly DeployedResource[], metrics: number): CostLine[] => {
  const count = (type: string): number => resources.filter((resource) => resource.type === type).length;
  const queues = resources.filter(
    ({ type, properties }) =>
      type === 'AWS::Lambda::EventSourceMapping' && properties.ScalingConfig !== undefined,
  ).length;
  return [
    monthly('custom metrics', metrics, 'metric'),
    monthly('metrics of alarms', countAlarmMetrics(resources), 'alarm'),
    monthly('dashboards', count('AWS::CloudWatch::Dashboard'), 'dashboard'),
    monthly('empty receives of queues', queues * emptyReceives, 'queueRequest', 'SQS'),
    monthly('secrets', count('AWS::SecretsManager::Secret'), 'secret', 'Secrets Manager'),
    monthly('customer-managed keys', count('AWS::KMS::Key'), 'key', 'KMS'),
  ];
};
