const encodings: readonly (readonly [mark: string, encoding: string])[] = [
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
];

/**
 * Decodes a text that arrives in pieces. A byte order mark names its encoding, such as UTF-16, in which PowerShell writes
 * files; it is no part of the text. Without one the text is UTF-8.
 */
export async function* decodeText(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let head: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    if (decoder !== undefined) {
      yield decoder.decode(piece, { stream: true });
      continue;
    }
    head = Buffer.concat([head, piece]);
    if (head.length < 2) continue;
    const mark = head.subarray(0, 2).toString('hex');
    decoder = new TextDecoder(encodings.find(([of]) => of === mark)?.[1]);
    yield decoder.decode(head, { stream: true });
  }
  yield (decoder ?? new TextDecoder()).decode(decoder === undefined ? head : undefined);
}
