import { hash } from 'node:crypto';

/** The ways to make a lead id of a text with characters that no lead id may have. */
export const unsafeWays = ['escape', 'hash'] as const;
export type UnsafeWay = (typeof unsafeWays)[number];

/** The beginning of an id that was escaped. A text that begins so itself is escaped too, so that no two texts meet. */
const escapeMark = 'esc:';
/** The beginning of an id that was hashed; likewise. */
const hashMark = 'sha256:';

/** Whether a text has no other characters than a lead id may have. */
export const isSafe = (text: string): boolean => /^[A-Za-z0-9_.:@+-]*$/.test(text);

/**
 * Returns a text in which every UTF-8 byte that no lead id may have is a colon and two hexadecimal digits; so is the
 * colon itself. `decodeURIComponent` undoes it once colons are percent signs.
 */
const escapeBytes = (text: string): string =>
  [...new TextEncoder().encode(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return character !== ':' && isSafe(character)
        ? character
        : `:${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');

/**
 * Returns a text as part of a lead id. One that may stand in a lead id stays as it is, so that it is the id that other
 * sources use; no two texts give the same.
 *
 * @example makeSafe('auth0|5f7c', 'escape') // 'esc:auth0:7C5f7c'
 */
export const makeSafe = (given: string, way: UnsafeWay): string => {
  const text = given.normalize('NFC');
  const mark = way === 'escape' ? escapeMark : hashMark;
  if (isSafe(text) && !text.startsWith(mark)) return text;
  return mark + (way === 'escape' ? escapeBytes(text) : hash('sha256', text, 'hex'));
};
