import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { region } from './resource-types.ts';

/** A record in the wire form of GetRecords, which is also its form in a Lambda event. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly eventVersion: string;
  readonly eventSource: string;
  readonly awsRegion: string;
  readonly eventSourceARN?: string;
  readonly dynamodb: {
    /** Seconds since 1970. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Readonly<Record<string, unknown>>;
    readonly NewImage?: Readonly<Record<string, unknown>>;
    readonly OldImage?: Readonly<Record<string, unknown>>;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
}

export const sequenceOf = (record: StreamRecord): string => record.dynamodb.SequenceNumber;

/** In milliseconds since 1970. */
export const createdAt = (record: StreamRecord): number =>
  record.dynamodb.ApproximateCreationDateTime * 1_000;

/**
 * Returns a record as Lambda passes it. The engine numbers events by table, whereas AWS's ids are unique; and the
 * engine uses its own name as the region.
 */
export const asLambdaRecord = (record: StreamRecord, streamArn: string): StreamRecord => ({
  ...record,
  eventID: createHash('md5')
    .update(`${streamArn}#${sequenceOf(record)}`)
    .digest('hex'),
  awsRegion: region,
  eventSourceARN: streamArn,
});

/**
 * Whether a write left the item as it was. The engine reports every write; DynamoDB reports none that changed nothing.
 * Only a stream of both images shows the difference.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 */
export const changesNothing = ({ eventName, dynamodb: { OldImage, NewImage } }: StreamRecord): boolean =>
  eventName === 'MODIFY' && OldImage !== undefined && isDeepStrictEqual(OldImage, NewImage);

/** Returns the lane of a record. All records of an item go to the same lane, which keeps their order. */
export const computeLane = (record: StreamRecord, lanes: number): number => {
  if (lanes === 1) return 0;
  // Sorted, since the engine returns a key's attributes in any order.
  const key = JSON.stringify(Object.entries(record.dynamodb.Keys).sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('md5').update(key).digest().readUInt32BE() % lanes;
};
