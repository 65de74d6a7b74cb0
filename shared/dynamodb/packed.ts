import { type Item, json, largestItem, measureItem, text, UnreadableItemError } from './attributes.ts';

// An item costs a write unit for each kilobyte begun, and two in a transaction. Brotli knows common words and the forms of
// JSON, so that texts of a kilobyte or two become smaller by it than by deflating, in the same time.

const unit = 1_024;

/** Loads zlib when the first item needs it. Most processes never need it, and it would make cold starts longer. */
const zlib = () => process.getBuiltinModule('node:zlib');

/**
 * The first byte of a packed attribute. Attributes of earlier versions are deflated and can't begin with it: its lowest
 * bits are a kind of block that deflate doesn't have.
 */
const brotliMark = 0x07;

/** Higher qualities need many times as long. */
const quality = 6;

const compress = (json: string): Uint8Array => {
  const { brotliCompressSync, constants } = zlib();
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
  return Buffer.concat([Buffer.of(brotliMark), brotliCompressSync(json, { params })]);
};

const decompress = (bytes: Uint8Array): Buffer =>
  bytes[0] === brotliMark ? zlib().brotliDecompressSync(bytes.subarray(1)) : zlib().inflateRawSync(bytes);

/**
 * Returns an item with an attribute of JSON packed, if the item would cost more than one write unit. An item that is
 * too large to be stored is returned as it is; DynamoDB refuses it.
 *
 * @param reserved the bytes of attributes that may be added to the item
 * @example packed({ pk, sk, facts: S(canonical(facts)) }, 'facts')
 */
export const packed = (item: Item, name: string, reserved = 0): Item => {
  const size = measureItem(item) + reserved;
  if (size <= unit || size > largestItem) return item;
  return { ...item, [name]: { B: compress(text(item, name)) } };
};

/** Parses an attribute of JSON, packed by `packed` or not. @throws UnreadableItemError */
export const unpacked = <T>(item: Item, name: string): T => {
  const bytes = item[name]?.B;
  if (bytes === undefined) return json(item, name);
  try {
    return JSON.parse(decompress(bytes).toString('utf8')) as T;
  } catch {
    // The messages of zlib and of the parser may quote the text.
    throw new UnreadableItemError(item, name);
  }
};
