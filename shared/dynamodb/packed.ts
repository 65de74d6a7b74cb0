import { type Item, json, largestItem, sizeOf, text, UnreadableItemError } from './attributes.ts';

// An item costs its write units by the kilobyte begun, twice over in a transaction. What is done here keeps all but
// one in a hundred of the entries and states of the sample stream within their first.

const unit = 1_024;

/** Loaded when the first item needs it: most never do, and a cold start has better things to load. */
const zlib = () => process.getBuiltinModule('node:zlib');

/**
 * Deflates an attribute that holds JSON, in an item that would cost more than one write unit. What is too large to be
 * stored stays as it is, and is refused.
 */
export const packed = (item: Item, name: string): Item => {
  const size = sizeOf(item);
  if (size <= unit || size > largestItem) return item;
  return { ...item, [name]: { B: zlib().deflateRawSync(text(item, name)) } };
};

/** JSON as it was before it was packed. */
export const unpacked = <T>(item: Item, name: string): T => {
  const bytes = item[name]?.B;
  if (bytes === undefined) return json(item, name);
  try {
    return JSON.parse(zlib().inflateRawSync(bytes).toString('utf8')) as T;
  } catch {
    // zlib's and the parser's messages may quote what stands there.
    throw new UnreadableItemError(item, name);
  }
};
