import type { FactValue } from '../../../events/index.ts';

/** Unicode's white space, no-break and narrow spaces among it, and the byte order mark, which files leave behind. */
const blank = /[\p{White_Space}\uFEFF]/u;

const beyondAscii = /[\u0080-\uffff]/;

/** Removes blanks around a text. Walks from both ends, so that blanks within cost no time. */
const trim = (text: string): string => {
  let start = 0;
  let end = text.length;
  while (start < end && blank.test(text.charAt(start))) start++;
  while (end > start && blank.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
};

/** Composes a text (Unicode NFC): one letter has one spelling, whatever the system that it was typed on. */
export const compose = (text: string): string => (beyondAscii.test(text) ? text.normalize('NFC') : text);

/**
 * Normalises a text: without blanks around, and composed.
 *
 * @example normaliseText('\u00a0Sa\u0303o Paulo ') // 'São Paulo'
 */
export const normaliseText = (text: string): string => compose(trim(text));

/** Returns whether a text holds nothing but blanks. */
export const isBlank = (text: string): boolean => trim(text) === '';

/**
 * Normalises a value as a producer states it. A text is normalised; an empty one says nothing, like null. So does a
 * list of nothing but empty texts; a list that is stated without entries says that there are none.
 *
 * This is the only place that decides it, and facts are folded through it: whatever door an event came by, the same
 * statement is the same fact (I17).
 */
export const normaliseValue = (value: FactValue): FactValue => {
  if (typeof value === 'string') return normaliseText(value) || null;
  if (!Array.isArray(value) || value.length === 0) return value;
  const entries = value.map(normaliseText).filter((entry) => entry !== '');
  return entries.length === 0 ? null : entries;
};
