import { Duration } from 'aws-cdk-lib';
import type { ITable, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterCriteria, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { alarmOnIteratorAge, alarmsOnGivenUp } from './alarms.ts';
import { FailedRecordsDestination } from './failed-records-destination.ts';
import { grantKey } from './key-grants.ts';
import { SluiceFunction, type SluiceFunctionProps } from './sluice-function.ts';

/** A table whose stream is read, and the patterns of the records to read: those that match any of them. */
interface StreamSource {
  readonly table: TableV2;
  readonly patterns: readonly Readonly<Record<string, unknown>>[];
}

export interface StreamFunctionProps extends SluiceFunctionProps {
  /** The streams to read, by the ids of their mappings. */
  readonly sources: Readonly<Record<string, StreamSource>>;

  /** The bucket for records that couldn't be processed. */
  readonly failedRecords: Bucket;

  /**
   * The key that encrypts the tables.
   *
   * @default - a key of DynamoDB
   */
  readonly key?: IKey | undefined;

  /** @default 100 */
  readonly batchSize?: number;

  /**
   * The number of retries of a failing record. Splitting a batch doesn't count.
   *
   * @default 10
   */
  readonly retryAttempts?: number;

  /**
   * The age at which a record is given up, however often it was tried: throttling and a missing function count as no
   * try. It is well below the 24 hours after which the stream would drop the record.
   *
   * @default - 6 hours
   */
  readonly maxRecordAge?: Duration;

  /**
   * The batches of a shard in progress at once, 1 to 10. Records of one item stay in order, but not those of one lead:
   * consumers go by the version and ordinal that every announcement carries.
   *
   * @default 2
   */
  readonly parallelizationFactor?: number;

  /**
   * The iterator age at which the alarm goes off.
   *
   * @default - 10 minutes
   */
  readonly lagLimit?: Duration;
}

/**
 * A function that processes the streams of tables. A record that keeps failing becomes a failed record and blocks no
 * other.
 */
export class StreamFunction extends Construct {
  readonly function: SluiceFunction;

  constructor(scope: Construct, id: string, props: StreamFunctionProps) {
    super(scope, id);
    this.function = new SluiceFunction(this, 'Handler', props);
    const onFailure = new FailedRecordsDestination(props.failedRecords);

    for (const [sourceId, { table, patterns }] of Object.entries(props.sources)) {
      // The CDK's own types disagree about `undefined` under exactOptionalPropertyTypes, hence `as`.
      const source = new DynamoEventSource(table as ITable, {
        // From the first record on, so that items that are written before the mapping is ready are announced too.
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: props.batchSize ?? 100,
        parallelizationFactor: props.parallelizationFactor ?? 2,
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        retryAttempts: props.retryAttempts ?? 10,
        maxRecordAge: props.maxRecordAge ?? Duration.hours(6),
        filters: patterns.map((pattern) => FilterCriteria.filter(pattern)),
        metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
        onFailure,
      });
      this.function.live.addEventSource(source);
      alarmsOnGivenUp(new Construct(this, sourceId), source.eventSourceMappingId);
    }
    grantKey(props.key, this.function.lambda, 'streams');
    alarmOnIteratorAge(this.function.lambda, props.lagLimit ?? Duration.minutes(10));
  }
}
