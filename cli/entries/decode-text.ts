import { isUtf8 } from 'node:buffer';
import { findMark, longestMark } from '../text/byte-order-mark.ts';

type Pieces = AsyncIterable<Buffer> | Iterable<Buffer>;

/** Stands for bytes that are no UTF-8. It is half of a character, which no text in UTF-8 contains. */
const brokenBytes = '\uDC80';

const replacement = Buffer.from('\uFFFD');

/** Decodes a line that is no UTF-8. A replacement character that it really contains remains one. */
const decodeBroken = (line: Buffer): string => {
  const parts: string[] = [];
  for (let from = 0; from <= line.length; ) {
    const found = line.indexOf(replacement, from);
    const end = found < 0 ? line.length : found;
    parts.push(line.toString('utf8', from, end).replaceAll('\uFFFD', brokenBytes));
    from = found < 0 ? line.length + 1 : end + replacement.length;
  }
  return parts.join('\uFFFD');
};

const lineFeed = 0x0a;

function* decodeLines(bytes: Buffer): Generator<string> {
  if (isUtf8(bytes)) {
    yield bytes.toString('utf8');
    return;
  }
  for (let from = 0; from < bytes.length; ) {
    const found = bytes.indexOf(lineFeed, from);
    const end = found < 0 ? bytes.length : found + 1;
    const line = bytes.subarray(from, end);
    yield isUtf8(line) ? line.toString('utf8') : decodeBroken(line);
    from = end;
  }
}

async function* fromUtf8(pieces: Pieces): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const piece of pieces) {
    const end = piece.lastIndexOf(lineFeed) + 1;
    if (end > 0) {
      yield* decodeLines(Buffer.concat([...rest, piece.subarray(0, end)]));
      rest = [];
    }
    if (end < piece.length) rest.push(piece.subarray(end));
  }
  yield* decodeLines(Buffer.concat(rest));
}

/** Returns the text of bytes in UTF-16. Halves of characters remain as they are, so that a text isn't well-formed. */
const decodeUtf16 = (bytes: Buffer, bigEndian: boolean): string =>
  (bigEndian ? Buffer.from(bytes).swap16() : bytes).toString('utf16le');

async function* fromUtf16(pieces: Pieces, bigEndian: boolean): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    const bytes = Buffer.concat([rest, piece]);
    const length = bytes.length - (bytes.length % 2);
    rest = bytes.subarray(length);
    yield decodeUtf16(bytes.subarray(0, length), bigEndian);
  }
  if (rest.length > 0) yield brokenBytes;
}

/**
 * Decodes a text that arrives in pieces. A byte order mark names its encoding, such as UTF-16, in which PowerShell writes
 * files; without one the text is UTF-8. Where the bytes are not of that encoding, the text isn't well-formed.
 */
export async function* decodeText(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const source = pieces[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < longestMark) {
    const { done, value } = await source.next();
    if (done === true) break;
    head = Buffer.concat([head, value]);
  }
  const { encoding, length } = findMark(head) ?? { encoding: 'utf-8', length: 0 };
  async function* all(): AsyncGenerator<Buffer> {
    try {
      yield head.subarray(length);
      for (;;) {
        const { done, value } = await source.next();
        if (done === true) return;
        yield value;
      }
    } finally {
      await source.return?.();
    }
  }
  yield* encoding === 'utf-8' ? fromUtf8(all()) : fromUtf16(all(), encoding === 'utf-16be');
}
