import type { AttributeValue as StreamValue } from 'aws-lambda';
import type { Item } from '../../shared/dynamodb/index.ts';

/** Returns a value as it is stored: in Lambda's JSON, bytes are base64. */
const storedValue = (value: StreamValue): Item[string] =>
  (typeof value.B === 'string' ? { B: Buffer.from(value.B, 'base64') } : value) as Item[string];

/** Returns an item of a stream record as if it had been read from the table. */
export const parseImage = (image: Record<string, StreamValue> | undefined): Item | undefined =>
  image && Object.fromEntries(Object.entries(image).map(([name, value]) => [name, storedValue(value)]));
