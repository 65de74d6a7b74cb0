const marks = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
] as const;

/** An encoding that a byte order mark names. */
export interface ByteOrderMark {
  readonly encoding: (typeof marks)[number][0];
  /** The number of bytes of the mark. */
  readonly length: number;
}

/** The most bytes of a mark. */
export const longestMark = 3;

/** Finds the encoding that the byte order mark at the beginning of a text names. */
export const findMark = (head: Buffer): ByteOrderMark | undefined => {
  const found = marks.find(([, bytes]) => bytes.every((byte, index) => head[index] === byte));
  return found && { encoding: found[0], length: found[1].length };
};
