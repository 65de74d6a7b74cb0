import stringWidth from 'string-width';

/** Returns the columns that a text takes on a terminal: two for most East Asian letters and emoji, none for accents. */
export const displayWidth = (text: string): number => stringWidth(text);

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Returns a text that takes at most so many columns: one that takes more ends with `…`. */
export const truncate = (text: string, columns: number): string => {
  if (displayWidth(text) <= columns) return text;
  let kept = '';
  let width = 1;
  for (const { segment } of graphemes.segment(text)) {
    width += displayWidth(segment);
    if (width > columns) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
};
