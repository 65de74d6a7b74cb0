import { showValue } from '../../events/index.ts';
import { createFindUnread, type Said, type ScoringModel, type Unread } from '../../shared/scoring/index.ts';

/** A name that no rule reads, or whose values no rule names, with how often it came. */
export interface UnreadName extends Omit<Unread, 'value' | 'meant'> {
  /** The number of events or leads that said it. */
  readonly times: number;
  /** The instant of the latest, in milliseconds since 1970. */
  readonly lastAt: number;
  /** Some of the values, as JSON, the first that came. */
  readonly examples: readonly string[];
  readonly meant?: string;
}

export interface UnreadTally {
  /** @param at when it was said, in milliseconds since 1970 */
  readonly add: (said: Said, at: number) => void;
  readonly totals: () => UnreadTotals;
}

export interface UnreadTotals {
  /** The names, the most frequent first. */
  readonly names: readonly UnreadName[];
  /** The number of names beyond the most that are kept. */
  readonly dropped: number;
}

const mostExamples = 3;

/** The most names that are kept, so that memory stays bounded whatever a producer sends. */
const mostNames = 1_000;

type Counting = { -readonly [K in keyof UnreadName]: UnreadName[K] } & { readonly examples: string[] };

/** Creates a tally of what is said and gives nothing by a model. */
export const createUnreadTally = ({ document }: ScoringModel): UnreadTally => {
  const findUnread = createFindUnread(document);
  const names = new Map<string, Counting>();
  const dropped = new Set<string>();

  const add = (said: Said, at: number): void => {
    const unread = findUnread(said);
    if (unread === undefined) return;
    const { value, meant, ...rest } = unread;
    const key = `${unread.what} ${unread.bag} ${unread.name}`;
    let counting = names.get(key);
    if (counting === undefined) {
      if (names.size >= mostNames) {
        if (dropped.size < mostNames) dropped.add(key);
        return;
      }
      counting = { ...rest, times: 0, lastAt: at, examples: [], ...(meant !== undefined && { meant }) };
      names.set(key, counting);
    }
    counting.times++;
    counting.lastAt = Math.max(counting.lastAt, at);
    if (value === undefined || value === null) return;
    const shown = showValue(value);
    if (counting.examples.length < mostExamples && !counting.examples.includes(shown)) {
      counting.examples.push(shown);
    }
  };

  const byTimes = (a: UnreadName, b: UnreadName) => b.times - a.times || (a.name < b.name ? -1 : 1);
  return { add, totals: () => ({ names: [...names.values()].sort(byTimes), dropped: dropped.size }) };
};
