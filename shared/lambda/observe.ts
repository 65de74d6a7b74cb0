import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { CountByName, CountName, TimeName } from './metric-catalogue.ts';

/** The metrics of this function. The deployment sets the namespace, since several deployments may share an account. */
export const metrics = new Metrics({ namespace: process.env.POWERTOOLS_METRICS_NAMESPACE ?? 'Sluice' });

export const count = (name: CountName, value: number): void => {
  if (value > 0) metrics.addMetric(name, MetricUnit.Count, value);
};

/**
 * Counts by a dimension of few values, such as the event type. Each value is a metric of its own.
 *
 * @example countBy('Announced', 'type', tally(events, (event) => event['detail-type']));
 */
export const countBy = (
  name: CountByName,
  dimension: string,
  values: Iterable<readonly [value: string, count: number]>,
): void => {
  for (const [value, amount] of values) {
    const single = metrics.singleMetric();
    single.addDimension(dimension, value);
    single.addMetric(name, MetricUnit.Count, amount);
  }
};

/** Measures a duration. @param ms milliseconds */
export const time = (name: TimeName, ms: number): void => {
  metrics.addMetric(name, MetricUnit.Milliseconds, ms);
};

/** Measures a duration whose name says that it is in seconds. */
export const timeInSeconds = (name: TimeName, seconds: number): void => {
  metrics.addMetric(name, MetricUnit.Seconds, seconds);
};

/** Returns the number of items for each key. */
export const tally = <T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
};
