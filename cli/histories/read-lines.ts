import { closeSync, openSync, readSync } from 'node:fs';

const pieceBytes = 256 * 1024;
const lineFeed = 0x0a;

/** Yields the lines of a file in UTF-8 that every line ends with LF. Only LF ends a line. */
export function* readLines(file: string): Generator<string> {
  const handle = openSync(file, 'r');
  try {
    let rest: Buffer[] = [];
    for (;;) {
      const piece = Buffer.allocUnsafe(pieceBytes);
      const bytes = readSync(handle, piece, 0, pieceBytes, null);
      if (bytes === 0) return;
      const end = piece.lastIndexOf(lineFeed, bytes - 1);
      if (end < 0) {
        rest.push(piece.subarray(0, bytes));
        continue;
      }
      const lines = Buffer.concat([...rest, piece.subarray(0, end)])
        .toString('utf8')
        .split('\n');
      rest = [piece.subarray(end + 1, bytes)];
      yield* lines;
    }
  } finally {
    closeSync(handle);
  }
}
