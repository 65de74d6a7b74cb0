// The signs that isolate a text from the direction of what is around it, as `bdi` does.
const [begin, end] = ['\u2068', '\u2069'];

/** A part of a text: as an author has written it, or in the reader's language. */
interface TextPart {
  readonly text: string;
  readonly isAuthored: boolean;
}

/** Returns a text without the signs of {@link markAuthored}. */
export const withoutMarks = (text: string): string => text.replaceAll(/[\u2068\u2069]/g, '');

/** Returns an author's text with signs around it, so that it is found in a sentence in the reader's language. */
export const markAuthored = (text: string): string => `${begin}${withoutMarks(text)}${end}`;

/** Returns the parts of a text in which authors' texts are marked. */
export const splitAuthored = (text: string): TextPart[] =>
  text
    .split(/(\u2068[^\u2068\u2069]*\u2069)/)
    .filter((part) => part !== '')
    .map((part) => ({ text: withoutMarks(part), isAuthored: part.startsWith(begin) }));
