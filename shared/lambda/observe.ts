import { createHash } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** Structured logs. Never hand an event to it: only counts, codes and references. */
export const logger = new Logger();

export const metrics = new Metrics({ namespace: 'Sluice' });

/**
 * A lead in logs. Lead ids are often e-mail addresses, so a log line carries a short digest instead, which who
 * knows the id can work out again.
 */
export const leadReference = (leadId: string): string =>
  createHash('sha256').update(leadId).digest('hex').slice(0, 12);

export const count = (name: string, value: number): void => {
  if (value > 0) metrics.addMetric(name, MetricUnit.Count, value);
};

/** Counts by a dimension of few values, such as the event type; each value is a metric of its own. */
export const countBy = (
  name: string,
  dimension: string,
  values: Iterable<readonly [value: string, count: number]>,
): void => {
  for (const [value, amount] of values) {
    const single = metrics.singleMetric();
    single.addDimension(dimension, value);
    single.addMetric(name, MetricUnit.Count, amount);
  }
};

/** How many of a list fall under each key. */
export const tally = <T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
};
