import { visible } from '../../events/index.ts';

/** The beginnings of the attributes that count by a name. No other attribute has a space. */
export const countPrefixes = { refused: 'refused ', payloads: 'payloads ', unknown: 'unknown ' } as const;

/** The most names of unknown payloads that are counted for a source. */
export const mostNames = 100;

/** The longest name of an unknown payload. */
const longestName = 100;

/** The name under which payloads beyond the hundredth name are counted. */
export const otherNames = '(others)';

/** Returns the name of a payload as it is stored: with nothing in it that a terminal would obey, and cut short then. */
export const cleanName = (name: string): string =>
  visible(name.slice(0, longestName).toWellFormed()).slice(0, longestName).toWellFormed();
