import { createReadStream } from 'node:fs';
import { findMark } from '../text/byte-order-mark.ts';
import { type ByteEncoding, brokenPair, decodeCell } from './cell-text.ts';
import { ImportError } from './import-error.ts';
import type { CsvOptions, Encoding } from './mapping.ts';

// What stands before the header: a byte order mark, Excel's "sep=;", lines of notes.

type Chunks = AsyncGenerator<Buffer, void>;

async function* readChunks(file: string, onBytes: (count: number) => void): Chunks {
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    onBytes(chunk.length);
    yield chunk;
  }
}

/** Returns the beginning of a stream, at least `length` bytes unless it is shorter, and the whole stream. */
const peek = async (chunks: Chunks, length: number): Promise<{ head: Buffer; all: Chunks }> => {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < length) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* all(): Chunks {
    try {
      yield head;
      yield* chunks;
    } finally {
      await chunks.return();
    }
  }
  return { head, all: all() };
};

/**
 * Returns the UTF-16 encoding that a text without a byte order mark is in: a quarter of its bytes and more are zero,
 * all of them at even or all at odd places, and read so it has cells or lines.
 */
const guessUtf16 = (head: Buffer): Encoding | undefined => {
  const even = head.subarray(0, head.length - (head.length % 2));
  const zeros = [0, 0];
  for (const [index, byte] of even.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [atEven = 0, atOdd = 0] = zeros;
  if (Math.max(atEven, atOdd, 1) < head.length / 4 || Math.min(atEven, atOdd) > 0) return undefined;
  const encoding = atOdd > 0 ? 'utf-16le' : 'utf-16be';
  const text = new TextDecoder(encoding).decode(even);
  return /[,;\t|\r\n]/.test(text) ? encoding : undefined;
};

const toUtf8 = (text: string): Buffer =>
  text.isWellFormed()
    ? Buffer.from(text)
    : Buffer.concat(
        Array.from(text, (character) =>
          character.isWellFormed() ? Buffer.from(character) : Buffer.of(brokenPair),
        ),
      );

async function* fromUtf16(chunks: Chunks, bigEndian: boolean): Chunks {
  let rest: Buffer = Buffer.alloc(0);
  // A chunk is cut so that it neither splits a unit nor ends between the halves of a character.
  const take = (bytes: Buffer): string => {
    let length = bytes.length - (bytes.length % 2);
    const highByte = bytes[bigEndian ? length - 2 : length - 1] ?? 0;
    if (length > 0 && highByte >= 0xd8 && highByte <= 0xdb) length -= 2;
    rest = bytes.subarray(length);
    const units = Buffer.from(bytes.subarray(0, length));
    return (bigEndian ? units.swap16() : units).toString('utf16le');
  };
  for await (const chunk of chunks) yield toUtf8(take(Buffer.concat([rest, chunk])));
  if (rest.length > 0) yield Buffer.of(brokenPair);
}

async function* skipBytes(chunks: Chunks, count: number): Chunks {
  let left = count;
  for await (const chunk of chunks) {
    if (left < chunk.length) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

const [lineFeed, carriageReturn] = [10, 13];

/** Passes over lines as a text editor counts them: CR LF, LF and CR each end one, within quotes too. */
async function* skipLines(chunks: Chunks, count: number): Chunks {
  let left = count;
  let afterReturn = false;
  for await (const chunk of chunks) {
    let at = 0;
    for (; at < chunk.length; at += 1) {
      const byte = chunk[at];
      const endsPair = afterReturn && byte === lineFeed;
      afterReturn = false;
      if (endsPair) continue;
      if (left === 0) break;
      afterReturn = byte === carriageReturn;
      if (afterReturn || byte === lineFeed) left -= 1;
    }
    if (at < chunk.length) yield chunk.subarray(at);
  }
}

/** The first line `sep=;` of Excel, which is no header; quoted, or filled up with delimiters, by other programs. */
const separatorLine = /^"?sep=([^"\r\n])"?[,;\t| ]*(?=[\r\n]|$)/iu;

/** The first bytes that are looked at. */
const headLength = 1 << 12;

/** The bytes of a CSV file from its header on. */
export interface CsvBytes {
  readonly chunks: Chunks;
  readonly encoding: ByteEncoding;
  /** The settings that the file is read with. */
  readonly settings: { readonly delimiter: string; readonly encoding: Encoding };
  /** The line on which the chunks begin, counted from 1. */
  readonly line: number;
  /** Sentences about settings in which the file differs from the mapping. */
  readonly remarks: readonly string[];
}

const chooseEncoding = (file: string, named: Encoding | undefined, head: Buffer) => {
  const mark = findMark(head);
  if (mark !== undefined) return mark;
  const encoding = named ?? 'utf-8';
  const wide = encoding.startsWith('utf-16') ? undefined : guessUtf16(head);
  if (wide === undefined) return { encoding, length: 0 };
  throw new ImportError(
    'csv-broken',
    `${file} is UTF-16: every second byte is zero. Say "encoding": "${wide}" in "csv"`,
  );
};

/**
 * Opens a CSV file at its header. A byte order mark decides the encoding, whatever the mapping names. A first line
 * `sep=;` is passed over, and names the delimiter if the mapping names none.
 *
 * @throws ImportError if the file is UTF-16 and nothing says so
 */
export const openBytes = async (
  file: string,
  { delimiter: named, encoding: namedEncoding, header = 1 }: CsvOptions,
  onBytes: (count: number) => void,
): Promise<CsvBytes> => {
  const { head, all } = await peek(readChunks(file, onBytes), headLength);
  const { encoding, length } = chooseEncoding(file, namedEncoding, head);
  const marked = skipBytes(all, length);
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be';
  const byteEncoding = wide ? 'utf-16' : encoding;
  const { head: text, all: chunks } = await peek(
    wide ? fromUtf16(marked, encoding === 'utf-16be') : marked,
    headLength,
  );
  const [, sign] = separatorLine.exec(decodeCell(text.toString('latin1'), byteEncoding)) ?? [];
  const skipped = Math.max(header - 1, sign === undefined ? 0 : 1);
  const remarks: string[] = [];
  if (namedEncoding !== undefined && encoding !== namedEncoding) {
    remarks.push(
      `${file} begins with the byte order mark of ${encoding}; it is read so, not as ${namedEncoding}`,
    );
  }
  if (sign !== undefined && named !== undefined && sign !== named) {
    remarks.push(
      `${file} begins with sep=${sign}, but the "delimiter" of the mapping is ${JSON.stringify(named)}; it is read with that`,
    );
  }
  return {
    chunks: skipLines(chunks, skipped),
    encoding: byteEncoding,
    settings: { delimiter: named ?? sign ?? ',', encoding },
    line: skipped + 1,
    remarks,
  };
};
