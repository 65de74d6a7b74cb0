import { isUtf8 } from 'node:buffer';
import { type Problem, showValue } from '../../events/index.ts';

// A cell may hold bytes that are no text in the file's encoding. As in Python's "surrogateescape", each such byte
// becomes half of a surrogate pair, U+DC00 and the byte, which valid text never holds. So a sign � that the data holds
// is no error, no byte is lost, and a cell that no event needs does no harm.

const firstHalf = 0xd800;
const escapedByte = 0xdc00;

/** Stands in UTF-8, where it is invalid, for half of a surrogate pair in a UTF-16 file. */
export const brokenPair = 0xff;

const sequenceLength = (lead: number): number => {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
};

const decodeLossless = (bytes: Buffer): string => {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const sequence = bytes.subarray(at, at + sequenceLength(byte));
    const valid = isUtf8(sequence);
    text += valid ? sequence.toString('utf8') : String.fromCharCode(escapedByte + byte);
    at += valid ? sequence.length : 1;
  }
  return text;
};

const beyondAscii = /[\u0080-\u00ff]/;
const windows1252 = new TextDecoder('windows-1252');

/** The encodings in which the parser reads files. UTF-16 is turned into UTF-8 before. */
export type ByteEncoding = 'utf-8' | 'utf-16' | 'windows-1252';

/** Returns the text of a cell. `cell` has one character for each byte. */
export const decodeCell = (cell: string, encoding: ByteEncoding): string => {
  if (!beyondAscii.test(cell)) return cell;
  const bytes = Buffer.from(cell, 'latin1');
  if (encoding === 'windows-1252') return windows1252.decode(bytes);
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const text = decodeLossless(bytes);
  return encoding === 'utf-8'
    ? text
    : text.replaceAll(String.fromCharCode(escapedByte + brokenPair), String.fromCharCode(firstHalf));
};

const isEscapedByte = (character: string): boolean => character >= '\udc00' && character <= '\udcff';

const originalBytes = (text: string): Buffer =>
  Buffer.concat(
    Array.from(text, (character) =>
      isEscapedByte(character) ? Buffer.of(character.charCodeAt(0) - escapedByte) : Buffer.from(character),
    ),
  );

/** Control characters, which windows-1252 gives for the five bytes that it doesn't define too. */
const controls = /(?![\t\n\r])\p{Cc}/u;

/** Returns the problem of a cell that holds bytes that are no text in the file's encoding. */
export const undecodableProblem = (path: string, text: string): Problem | undefined => {
  if (text.isWellFormed()) return undefined;
  if (text.includes(String.fromCharCode(firstHalf))) {
    return { path, given: `${showValue(text)}, with half of a character`, allowed: 'text in UTF-16' };
  }
  const reading = windows1252.decode(originalBytes(text));
  const given = showValue(text).replaceAll(/\\udc([89a-f][\da-f])/g, '\\x$1');
  if (controls.test(reading)) {
    return {
      path,
      given: `${given}, bytes that are no UTF-8`,
      allowed: 'text in UTF-8, or another "encoding" of "csv"',
    };
  }
  return {
    path,
    given: `${given}, bytes that are no UTF-8; in windows-1252 they are ${showValue(reading)}`,
    allowed: 'text in UTF-8; or "encoding": "windows-1252" in "csv", if that reading is right',
  };
};
