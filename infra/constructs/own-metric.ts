import { Stack } from 'aws-cdk-lib';
import { Metric, type MetricProps } from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';
import {
  type CountOfNames,
  metricCatalogue,
  type Service,
  type ServiceMetrics,
} from '../../shared/lambda/index.ts';

type Catalogue = typeof metricCatalogue;
type Options = Pick<MetricProps, 'statistic' | 'period' | 'label'>;
type NameOf<S extends Service> = Catalogue[S]['counts'][number] | Catalogue[S]['times'][number];

/** Returns the metric namespace of one deployment, since several may share an account. */
export const metricNamespaceOf = (scope: IConstruct): string => Stack.of(scope).stackName;

/** Returns a metric that a function of the app emits. Counts are summed unless another statistic is asked for. */
export const ownMetric = <S extends Service>(
  scope: IConstruct,
  service: S,
  metricName: NameOf<S>,
  options: Options = {},
): Metric =>
  new Metric({
    namespace: metricNamespaceOf(scope),
    metricName,
    dimensionsMap: { service },
    statistic: 'Sum',
    ...options,
  });

/**
 * Returns all metrics of a count that has one more dimension, each labelled by the dimension's value.
 *
 * @throws Error if the service has no such count: the graph would be empty
 */
export const ownMetricsBy = <S extends Service>(
  scope: IConstruct,
  service: S,
  metricName: keyof Catalogue[S]['countsBy'] & string,
  options: Options = {},
): Metric[] => {
  const countsBy: Readonly<Record<string, { dimension: string; values: readonly string[] }>> =
    metricCatalogue[service].countsBy;
  const count = countsBy[metricName];
  if (count === undefined) {
    const allowed = Object.keys(countsBy).join(', ') || 'none';
    throw new Error(`metric of ${service}: given ${metricName}; allowed: ${allowed}`);
  }
  const { dimension, values } = count;
  return values.map(
    (value) =>
      new Metric({
        namespace: metricNamespaceOf(scope),
        metricName,
        dimensionsMap: { service, [dimension]: value },
        statistic: 'Sum',
        label: value,
        ...options,
      }),
  );
};

/**
 * Returns the metric of a count by names of documents, for one name.
 *
 * @example ownMetricOf(this, 'receive-webhooks', 'WebhooksReceived', 'hubspot')
 */
export const ownMetricOf = <S extends Service>(
  scope: IConstruct,
  service: S,
  metricName: CountOfNames<S>,
  name: string,
): Metric => {
  const { countsByName = {} }: ServiceMetrics = metricCatalogue[service];
  const dimension = countsByName[metricName];
  if (dimension === undefined) throw new Error(`metric of ${service}: ${metricName} isn't counted by name`);
  return new Metric({
    namespace: metricNamespaceOf(scope),
    metricName,
    dimensionsMap: { service, [dimension]: name },
    statistic: 'Sum',
  });
};
