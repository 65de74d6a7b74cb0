/**
 * Yields the lines of a text that arrives in pieces. Only LF and CR LF end a line: JSON may contain other separators,
 * such as U+2028, at which Node's own reader would cut an event in two.
 */
export async function* splitLines(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    rest += piece;
    // A long line is searched once for its end, not again with each piece.
    if (!piece.includes('\n')) continue;
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  if (rest !== '') yield rest;
}
