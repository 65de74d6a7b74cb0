import { type Alarm, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { createAlarm, periodOfMinutes } from './create-alarm.ts';

export const tableMetric = (table: TableV2, metricName: string, indexName?: string): Metric =>
  new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: {
      TableName: table.tableName,
      ...(indexName !== undefined && { GlobalSecondaryIndexName: indexName }),
    },
    statistic: 'Sum',
    ...periodOfMinutes(5),
  });

/** A table with the names of its indexes. Each index is measured, throttled and paid for beside the table. */
export interface IndexedTable {
  readonly table: TableV2;
  readonly indexes: readonly string[];
}

/**
 * Returns the throttled reads and writes of a table and of each index. A metric under the table's name alone leaves its
 * indexes out: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
const createThrottleMetrics = ({ table, indexes }: IndexedTable): Record<string, Metric> =>
  Object.fromEntries(
    [undefined, ...indexes].flatMap((index, i) => [
      [`reads${i}`, tableMetric(table, 'ReadThrottleEvents', index)],
      [`writes${i}`, tableMetric(table, 'WriteThrottleEvents', index)],
    ]),
  );

/**
 * Creates an alarm on lasting throttles. The SDK retries, and an on-demand table makes room within minutes; throttles
 * that last mean a hot partition.
 */
export const alarmOnThrottledTable = (scope: Construct, id: string, table: IndexedTable): Alarm => {
  const throttles = createThrottleMetrics(table);
  return createAlarm(scope, id, {
    section: 'throttled-tables',
    metric: new MathExpression({
      label: 'Throttled reads and writes',
      expression: Object.keys(throttles)
        .map((name) => `FILL(${name}, 0)`)
        .join(' + '),
      usingMetrics: throttles,
      ...periodOfMinutes(5),
    }),
    threshold: 1,
    evaluationPeriods: 3,
    alarmDescription:
      'For 15 minutes DynamoDB has refused reads or writes of this table or of its index. Either one lead is ' +
      'written more often than a partition takes (1,000 write units a second), or the table has reached its quota: ' +
      'look for the lead first.',
  });
};
