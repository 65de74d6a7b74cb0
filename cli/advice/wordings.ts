import type { Candidate, CountRange } from '../../shared/scoring/index.ts';
import { figureCountWords, wordCountWords } from './class-words.ts';
import { findRuns } from './runs.ts';

/** Returns the number with which a class begins. No two classes begin with the same one. */
const startOf = ({ least = 0 }: CountRange): number => least;

/** Returns the classes by the numbers with which they begin, in ascending order. */
const inOrder = (ranges: readonly CountRange[]): ReadonlyMap<number, CountRange> =>
  new Map(ranges.map((range) => [startOf(range), range] as const).sort(([a], [b]) => a - b));

/** Joins consecutive classes into ranges. */
const computeRanges = (all: ReadonlyMap<number, CountRange>, starts: readonly number[]): CountRange[] =>
  findRuns([...all.keys()], new Set(starts)).map((run) => {
    const { least } = all.get(run[0]) ?? {};
    const { most } = all.get(run.at(-1) ?? run[0]) ?? {};
    return { ...(least !== undefined && { least }), ...(most !== undefined && { most }) };
  });

/**
 * Returns the ways in which an answer may be worded, as briefly as possible.
 *
 * @param all the candidates of one value
 * @returns an empty text if the wording doesn't matter
 */
export const wordingWords = (all: readonly Candidate[], chosen: readonly Candidate[]): string => {
  if (chosen.length === all.length) return '';
  const classes = all.flatMap(({ wordingClass }) => wordingClass ?? []);
  const words = inOrder(classes.map((of) => of.words));
  const figures = inOrder(classes.map((of) => of.figures));
  const listFigures = (start: number): number[] =>
    chosen.flatMap(({ wordingClass }) =>
      wordingClass && startOf(wordingClass.words) === start ? [startOf(wordingClass.figures)] : [],
    );
  const wanted = [...words.keys()].filter((start) => listFigures(start).length > 0);
  return [
    ...Map.groupBy(wanted, (start) =>
      listFigures(start)
        .toSorted((a, b) => a - b)
        .join(),
    ).values(),
  ]
    .flatMap((alike) => {
      const how = computeRanges(figures, listFigures(alike[0] ?? 0)).flatMap(
        (range) => figureCountWords(range) ?? [],
      );
      return computeRanges(words, alike).map((range) => {
        const length = wordCountWords(range);
        return [...(length === undefined ? [] : [`in ${length}`]), ...how].join(', ');
      });
    })
    .join(', or ');
};
