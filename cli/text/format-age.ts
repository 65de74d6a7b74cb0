import { dayMs, hourMs, minuteMs } from '../../events/index.ts';
import { formatCount } from './format-count.ts';

/**
 * Returns a length of time in its largest whole unit, up to days.
 *
 * @example formatAge(3 * dayMs + 5 * hourMs) // '3 days'
 */
export const formatAge = (ms: number): string => {
  if (ms < minuteMs) return 'less than a minute';
  if (ms < hourMs) return formatCount(Math.floor(ms / minuteMs), 'minute');
  // Silence is stated in hours, so two days are the first that are no longer counted in them.
  if (ms < 2 * dayMs) return formatCount(Math.floor(ms / hourMs), 'hour');
  return formatCount(Math.floor(ms / dayMs), 'day');
};
