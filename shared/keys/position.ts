/**
 * Returns a position in a lead's history as text that sorts. Announcements arrive in any order and more than once, and
 * only a later one may change what a consumer has stored.
 *
 * @example buildPositionKey({ version: 3, ordinal: 0 }) // '000000000003.000'
 */
export const buildPositionKey = ({ version, ordinal }: { version: number; ordinal: number }): string =>
  `${String(version).padStart(12, '0')}.${String(ordinal).padStart(3, '0')}`;

/** Returns the position after all entries of a version: an announcement of that version isn't later. */
export const buildVersionEnd = (version: number): string => buildPositionKey({ version, ordinal: 999 });
