import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Change } from '../../../infra/local/engine/memory/database.ts';
import type { StreamRecord } from '../../../infra/local/stream-record.ts';
import type { Item } from '../../../shared/dynamodb/index.ts';

/** Returns a value as a function receives it: as JSON, with bytes in base64. */
const asJson = (value: AttributeValue): unknown =>
  value.B === undefined ? value : { B: Buffer.from(value.B).toString('base64') };

const image = (item: Item): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, asJson(value)]));

/** Returns the stream record of a write: for the leads with both images, for the quarantine with the new one. */
export const buildStreamRecord = (
  { table, key, before, after }: Change,
  sequence: number,
  now: number,
): StreamRecord => ({
  eventID: String(sequence),
  eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'eu-central-1',
  dynamodb: {
    ApproximateCreationDateTime: Math.floor(now / 1_000),
    Keys: { pk: { S: key.pk }, sk: { S: key.sk } },
    ...(after !== undefined && { NewImage: image(after) }),
    ...(before !== undefined && table === 'leads' && { OldImage: image(before) }),
    SequenceNumber: String(sequence),
    SizeBytes: 100,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
  },
});
