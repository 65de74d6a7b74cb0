import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { region } from './resource-types.ts';

/** A record as GetRecords gives it on the wire, which is also its form in a Lambda event. */
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

/** The engine numbers events by table, where AWS has ids that are unique; and its region is its own name. */
export const asLambdaRecord = (record: StreamRecord, streamArn: string): StreamRecord => ({
  ...record,
  eventID: createHash('md5')
    .update(`${streamArn}#${sequenceOf(record)}`)
    .digest('hex'),
  awsRegion: region,
  eventSourceARN: streamArn,
});

/**
 * The engine tells of every write; DynamoDB keeps silent about one that left the item as it was. Only a stream of both
 * images shows which those are.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 */
export const changesNothing = ({ eventName, dynamodb: { OldImage, NewImage } }: StreamRecord): boolean =>
  eventName === 'MODIFY' && OldImage !== undefined && isDeepStrictEqual(OldImage, NewImage);

/** All records of an item go to the same lane, which keeps their order. */
export const laneOf = (record: StreamRecord, lanes: number): number => {
  if (lanes === 1) return 0;
  // Sorted, since the engine gives a key's attributes in any order.
  const key = JSON.stringify(Object.entries(record.dynamodb.Keys).sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('md5').update(key).digest().readUInt32BE() % lanes;
};
