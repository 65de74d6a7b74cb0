import { listNamesRead, type Said, type ScoringModel } from '../../shared/scoring/index.ts';
import { findNearest } from '../../shared/suggest/index.ts';
import { formatCount } from '../text/format-count.ts';
import { createUnreadTally, type UnreadName } from '../unread/unread-tally.ts';
import { formatUnread } from '../unread/unread-words.ts';

/** A fact that came in: one that an event said, or that is known of a lead. */
export interface Came {
  /** When it was said, in milliseconds since 1970. */
  readonly at: number;
  readonly said: Said;
}

/** A name that rules read and that never came. */
interface NeverCame {
  readonly bag: Said['bag'];
  readonly name: string;
  /** A name that came, that no rule reads, and that is probably the same. */
  readonly meant?: string;
}

/** The differences between a model and the data that came in. */
export interface Comparison {
  readonly noun: 'event' | 'lead';
  /** The number of events or leads compared. */
  readonly count: number;
  readonly neverCame: readonly NeverCame[];
  /** Names that came and no rule reads, and names with values that no rule reads. */
  readonly unread: readonly UnreadName[];
  /** The number of names beyond the most that are kept. */
  readonly unreadMore: number;
}

/** The most names that give no points that are listed. */
const mostListed = 50;

const bags = ['attributes', 'answers', 'activities'] as const;

/** Compares the names and values that a model reads with those that came in. */
export const compareWithData = async (
  model: ScoringModel,
  noun: Comparison['noun'],
  came: AsyncIterable<readonly Came[]>,
): Promise<Comparison> => {
  const read = listNamesRead(model.document);
  const seen = { attributes: new Set<string>(), answers: new Set<string>(), activities: new Set<string>() };
  const tally = createUnreadTally(model);
  let count = 0;
  for await (const all of came) {
    count++;
    for (const { at, said } of all) {
      if (read[said.bag].has(said.name)) seen[said.bag].add(said.name);
      tally.add(said, at);
    }
  }
  const { names: unread, dropped: unreadMore } = tally.totals();
  const neverCame = bags.flatMap((bag) => {
    const unreadNames = unread.flatMap(({ bag: of, what, name }) =>
      of === bag && what === 'name' ? [name] : [],
    );
    return [...read[bag]]
      .filter((name) => !seen[bag].has(name))
      .map((name): NeverCame => {
        const meant = findNearest(name, unreadNames);
        return { bag, name, ...(meant !== undefined && { meant }) };
      });
  });
  return { noun, count, neverCame, unread, unreadMore };
};

/** Formats the names of one kind that never came; those that probably came misspelt have a line of their own. */
const formatNeverCame = (bag: Said['bag'], neverCame: readonly NeverCame[]): string[] => {
  const own = neverCame.filter((name) => name.bag === bag);
  const others = own.flatMap(({ name, meant }) => (meant === undefined ? [name] : []));
  return [
    ...own.flatMap(({ name, meant }) =>
      meant === undefined ? [] : [`  never came: ${bag}.${name}; ${meant} came, which no rule reads`],
    ),
    ...(others.length === 0 ? [] : [`  ${bag} that never came: ${others.join(', ')}`]),
  ];
};

/** Formats a comparison in lines. */
export const formatComparison = (comparison: Comparison): string[] =>
  comparison.count === 0
    ? ['', `Nothing was compared: no ${comparison.noun} came in.`]
    : formatDifferences(comparison);

const formatDifferences = ({ noun, count, neverCame, unread, unreadMore }: Comparison): string[] => [
  '',
  `Compared with ${formatCount(count, noun)}:`,
  ...(neverCame.length === 0 ? ['  every name that a rule reads came in'] : []),
  ...bags.flatMap((bag) => formatNeverCame(bag, neverCame)),
  ...(unread.length === 0 ? ['  rules read every name and value that came in'] : []),
  ...unread.slice(0, mostListed).map((name) => `  gives no points: ${formatUnread(name, noun)}`),
  ...(unread.length + unreadMore > mostListed
    ? [`  and ${unread.length + unreadMore - mostListed} more`]
    : []),
];
