import { formatNumber } from '../../parts/numbers.ts';
import { texts } from '../../texts/texts.ts';

/** Returns a number as it is shown. @param more whether there may be more than were counted */
export const formatCount = (count: number, more = false): string => {
  const shown = formatNumber(count);
  return more ? texts.value.health.atLeast(shown) : shown;
};
