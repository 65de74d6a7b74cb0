import { type Alarm, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { alarmAt, minutes } from './alarm-at.ts';

export const tableMetric = (table: TableV2, metricName: string, indexName?: string): Metric =>
  new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: {
      TableName: table.tableName,
      ...(indexName !== undefined && { GlobalSecondaryIndexName: indexName }),
    },
    statistic: 'Sum',
    ...minutes(5),
  });

/** The SDK tries again by itself, and a table on demand makes room within minutes. What lasts is a hot partition. */
export const alarmOnThrottledTable = (scope: Construct, id: string, table: TableV2): Alarm =>
  alarmAt(scope, id, {
    section: 'throttled-tables',
    metric: new MathExpression({
      label: 'Throttled reads and writes',
      expression: 'FILL(reads, 0) + FILL(writes, 0)',
      usingMetrics: {
        reads: tableMetric(table, 'ReadThrottleEvents'),
        writes: tableMetric(table, 'WriteThrottleEvents'),
      },
      ...minutes(5),
    }),
    threshold: 1,
    evaluationPeriods: 3,
    alarmDescription:
      'For 15 minutes DynamoDB has refused reads or writes of this table. Either one lead is written more often ' +
      'than a partition takes (1,000 write units a second), or the table has reached its quota: look for the lead first.',
  });
