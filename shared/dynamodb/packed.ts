import { type Item, json, largestItem, measureItem, text, UnreadableItemError } from './attributes.ts';

// An item costs a write unit for each kilobyte begun, and two in a transaction. Deflating leaves all but one in a
// hundred of the entries and states of the sample stream within their first kilobyte.

const unit = 1_024;

/** Loads zlib when the first item needs it. Most processes never need it, and it would make cold starts longer. */
const zlib = () => process.getBuiltinModule('node:zlib');

/**
 * Returns an item with an attribute of JSON deflated, if the item would cost more than one write unit. An item that is
 * too large to be stored is returned as it is; DynamoDB refuses it.
 *
 * @example packed({ pk, sk, facts: S(canonical(facts)) }, 'facts')
 */
export const packed = (item: Item, name: string): Item => {
  const size = measureItem(item);
  if (size <= unit || size > largestItem) return item;
  return { ...item, [name]: { B: zlib().deflateRawSync(text(item, name)) } };
};

/** Parses an attribute of JSON, deflated by `packed` or not. @throws UnreadableItemError */
export const unpacked = <T>(item: Item, name: string): T => {
  const bytes = item[name]?.B;
  if (bytes === undefined) return json(item, name);
  try {
    return JSON.parse(zlib().inflateRawSync(bytes).toString('utf8')) as T;
  } catch {
    // The messages of zlib and of the parser may quote the text.
    throw new UnreadableItemError(item, name);
  }
};
