import { displayWidth } from './width.ts';

/**
 * The part of a line to the right of which its further rows begin: its indentation, and then a number in a list, a mark,
 * or one or two words with blanks behind them, such as a number of points or the name of a field.
 */
const opening = /^ *(?:\d+\. |[-→•] |(?:\S{1,20} )?\S{1,20} {2,})?/;

/** The longest text in backquotes, such as a command to copy, that is not broken between its words. */
const quotedWord = /( *)((?:`[^`]{1,72}`|[^ ])+)/g;
const plainWord = /( *)([^ ]+)/g;

/**
 * Returns a line as rows that take at most so many columns each. Rows break between words, and continue under the text
 * of the first one. A word that is longer than a row, such as an id or an address, stays whole, so that it can be copied.
 */
export const wrap = (line: string, columns: number): string[] => {
  if (displayWidth(line) <= columns) return [line];
  const [start = ''] = opening.exec(line) ?? [];
  const hang = ' '.repeat(start.length <= columns / 2 ? start.length : 0);
  const rows: string[] = [];
  let row = start;
  let isEmpty = true;
  const add = (blanks: string, word: string): void => {
    const isLong = !isEmpty && displayWidth(row) + blanks.length + displayWidth(word) > columns;
    if (isLong) rows.push(row.trimEnd());
    row = isLong ? `${hang}${word}` : `${row}${isEmpty ? '' : blanks}${word}`;
    isEmpty = false;
  };
  for (const [, blanks = '', word = ''] of line.slice(start.length).matchAll(quotedWord)) {
    if (displayWidth(word) + hang.length <= columns) add(blanks, word);
    else for (const [, between = '', part = ''] of `${blanks}${word}`.matchAll(plainWord)) add(between, part);
  }
  return [...rows, row.trimEnd()];
};
