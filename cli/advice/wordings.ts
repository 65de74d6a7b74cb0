import type { Candidate } from '../../shared/scoring/index.ts';
import { runsOf } from './ranges.ts';

/** Classes of counts by the count with which each begins; that of the first is of no matter. */
type Classes = readonly number[];

const classesOf = (counts: readonly number[]): Classes => [...new Set(counts)].sort((a, b) => a - b);

const placeOf = (classes: Classes, count: number): number =>
  Math.max(
    0,
    classes.findLastIndex((begin) => begin <= count),
  );

interface Run {
  /** Undefined: as few as there are. */
  readonly least: number | undefined;
  /** Undefined: as many as there are. */
  readonly most: number | undefined;
}

const runOf = (classes: Classes, places: readonly number[]): Run => {
  const next = classes[(places.at(-1) ?? 0) + 1];
  return {
    least: places[0] === 0 ? undefined : classes[places[0] ?? 0],
    most: next === undefined ? undefined : next - 1,
  };
};

const wordsOf = ({ least, most }: Run): string[] => {
  if (least === undefined) return most === undefined ? [] : [`in at most ${most} words`];
  if (most === undefined) return [`in ${least} words or more`];
  return [least === most ? `in ${least} words` : `in ${least} to ${most} words`];
};

const figuresOf = ({ least, most }: Run): string[] => {
  if (least === undefined) {
    return most === undefined ? [] : [most === 0 ? 'without figures' : `with at most ${most} figures`];
  }
  return [least === 1 ? 'with figures' : `with ${least} figures or more`];
};

/**
 * In which ways an answer may be given, as few words as say it.
 *
 * @param all the candidates of one value
 * @returns empty where it doesn't matter
 */
export const wordingWords = (all: readonly Candidate[], chosen: readonly Candidate[]): string => {
  if (chosen.length === all.length) return '';
  const wordings = all.flatMap(({ wording }) => (wording === undefined ? [] : [wording]));
  const figures = classesOf(wordings.map(([, count]) => count));
  // A figure is a word too: only answers with the fewest figures show where the classes of words begin.
  const words = classesOf(wordings.flatMap(([count, of]) => (of === figures[0] ? [count] : [])));
  const ways = new Map<string, number[]>();
  for (const place of words.keys()) {
    const own = chosen.flatMap(({ wording }) =>
      wording !== undefined && placeOf(words, wording[0]) === place ? [placeOf(figures, wording[1])] : [],
    );
    const key = [...new Set(own)].sort((a, b) => a - b).join();
    if (key !== '') ways.set(key, [...(ways.get(key) ?? []), place]);
  }
  return [...ways]
    .flatMap(([key, places]) => {
      const how = runsOf([...figures.keys()], new Set(key.split(',').map(Number))).flatMap((run) =>
        figuresOf(runOf(figures, run)),
      );
      return runsOf([...words.keys()], new Set(places)).map((run) =>
        [...wordsOf(runOf(words, run)), ...how].join(', '),
      );
    })
    .join(', or ');
};
