import { dayMs } from '../../../events/index.ts';
import { isDay, parseDayOrInstant } from '../../text/parse-instant.ts';

/** Parses the end of a period, and returns the first millisecond after it: the given day or instant belongs to it. */
export const parsePeriodEnd = (given: string): number =>
  parseDayOrInstant(given) + (isDay(given) ? dayMs : 1);
