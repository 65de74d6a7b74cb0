import type { Unread } from '../../shared/scoring/index.ts';
import { formatCount } from '../text/format-count.ts';
import type { UnreadName, UnreadTotals } from './unread-tally.ts';

/** Returns why something gives nothing, with what was probably meant. */
export const describeUnread = ({
  what,
  allowed,
  meant,
}: Pick<Unread, 'what' | 'allowed' | 'meant'>): string => {
  const why =
    what === 'name' ? 'no rule reads it' : `no rule reads this value; the model knows ${allowed ?? ''}`;
  return meant === undefined ? why : `${why}; did you mean ${meant}?`;
};

/** Returns a line about a name, such as `attributes.senority, 12 events: no rule reads it; did you mean seniority?`. */
export const formatUnread = (unread: UnreadName, noun: string): string => {
  const { bag, name, times, examples } = unread;
  const such = unread.what === 'value' && examples.length > 0 ? `, such as ${examples.join(', ')}` : '';
  return `${bag}.${name}, ${formatCount(times, noun)}${such}: ${describeUnread(unread)}`;
};

/** The most names that a warning lists. */
const mostListed = 10;

/** Returns the lines of a warning about what gives nothing by a model; none if there is nothing to warn of. */
export const warnOfUnread = (
  { names, dropped }: UnreadTotals,
  modelVersion: string,
  noun: string,
): string[] => {
  if (names.length === 0) return [];
  const left = names.length - mostListed + dropped;
  return [
    `Warning: some of this gives no points by ${modelVersion}:`,
    ...names.slice(0, mostListed).map((unread) => `  ${formatUnread(unread, noun)}`),
    ...(left > 0 ? [`  and ${left} more`] : []),
  ];
};
