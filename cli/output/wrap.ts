import { displayWidth } from './width.ts';

/**
 * The part of a line to the right of which its further rows begin: its indentation, and then a number in a list, a mark,
 * or one or two words with blanks behind them, such as a number of points or the name of a field.
 */
const opening = /^ *(?:\d+\. |[-→•] |(?:[^ ]{1,20} )?[^ ]{1,20} {2,})?/;

/** The longest text in backquotes, such as a command to copy, that is not broken between its words. */
const quotedWord = /( *)((?:`[^`]{1,72}`|[^ ])+)/g;
const plainWord = /( *)([^ ]+)/g;

/** Returns a row without the blanks at its end; other white space, such as that of a name, is part of a word. */
const withoutEnd = (row: string): string => row.replace(/ +$/, '');

/**
 * Returns a line as rows that take at most so many columns each. Rows break between words, and continue under the text
 * of the first one. A word that is longer than a row, such as an id or an address, stays whole, so that it can be copied.
 */
export const wrap = (line: string, columns: number): string[] => {
  if (displayWidth(line) <= columns) return [line];
  const isNarrow = (text: string): boolean => displayWidth(text) <= columns / 2;
  const [start = ''] = [opening.exec(line)?.[0], /^ */.exec(line)?.[0]].filter(
    (text) => text !== undefined && isNarrow(text),
  );
  const hang = ' '.repeat(displayWidth(start));
  const rows: string[] = [];
  let row = start;
  let isEmpty = true;
  const add = (blanks: string, word: string): void => {
    const isLong = /[^ ]/.test(row) && displayWidth(row) + blanks.length + displayWidth(word) > columns;
    if (isLong) rows.push(withoutEnd(row));
    row = isLong ? `${hang}${word}` : `${row}${isEmpty ? '' : blanks}${word}`;
    isEmpty = false;
  };
  for (const [, blanks = '', word = ''] of line.slice(start.length).matchAll(quotedWord)) {
    if (displayWidth(word) + hang.length <= columns) add(blanks, word);
    else for (const [, between = '', part = ''] of `${blanks}${word}`.matchAll(plainWord)) add(between, part);
  }
  return [...rows, withoutEnd(row)];
};
