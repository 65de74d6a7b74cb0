import { escapeUnits } from '../../events/index.ts';

/**
 * The characters that a terminal or an editor obeys or hides instead of showing: control characters (C0, DEL, C1),
 * format characters such as bidirectional marks and zero-width spaces, tags, line and paragraph separators, halves of
 * surrogate pairs, and letters that are always blank. Joiners and variation selectors are left: Persian and Indic words,
 * Japanese names and emoji are not spelled correctly without them, and they change nothing but the letters beside them.
 */
const unprintable = /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]--[\u{200c}\u{200d}\p{VS}]]/gv;

/**
 * Returns text from outside as one line for people, with � in place of each character that could control a terminal,
 * begin a line, or hide.
 */
export const printable = (text: string): string => text.replaceAll(unprintable, '�');

/**
 * Returns a value as JSON that is safe to show in a terminal: unprintable characters are escaped, which parsers undo.
 *
 * @param indent the number of spaces of each level; without it, the JSON is one line
 */
export const formatJson = (value: unknown, indent?: number): string =>
  // The only line breaks of JSON outside its strings are those of the indentation.
  JSON.stringify(value, undefined, indent).replaceAll(unprintable, (character) =>
    character === '\n' ? character : escapeUnits(character),
  );
