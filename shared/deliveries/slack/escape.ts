const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
]);

// Line breaks would begin a quote or a list, and the marks of direction would turn around the text that follows.
const breaks = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Returns a text in one line, without characters that change what surrounds it. */
const inOneLine = (given: string): string =>
  given.toWellFormed().replaceAll(breaks, ' ').replaceAll(directionMarks, '').trim();

/**
 * Returns a text in the form in which Slack shows it as it is: a lead called `<!channel>` mentions nobody. A text that
 * would be longer than `most` characters is cut between two characters, and ends in an ellipsis.
 */
export const escapeText = (given: string, most: number): string => {
  let escaped = '';
  let fitting = '';
  for (const character of inOneLine(given)) {
    escaped += entities.get(character) ?? character;
    if (escaped.length > most) return `${fitting}…`;
    if (escaped.length < most) fitting = escaped;
  }
  return escaped;
};
