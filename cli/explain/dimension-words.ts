import type { CountedReason, DimensionExplanation, Explanation, SaidAt } from '../../shared/scoring/index.ts';
import { percent } from './standing-words.ts';

/** Returns a number to two decimals: points that became fewer with time have many. */
export const rounded = (value: number): string => String(Math.round(value * 100) / 100);

export const signed = (points: number): string => (points > 0 ? `+${rounded(points)}` : rounded(points));

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Returns the value for which a band or a table gave points, as people would say it; for days, on how many. */
const valueWords = ({ of, value, days, told: hasOwnText }: CountedReason): string | undefined => {
  if (days !== undefined) return `on ${days} ${days === 1 ? 'day' : 'days'}`;
  if (of === undefined || value === undefined || value === null) return undefined;
  if (typeof value !== 'number') {
    // The model's text for this value says it already.
    if (hasOwnText) return undefined;
    return Array.isArray(value) ? value.join(', ') : String(value);
  }
  if ('relativeTo' in of && of.relativeTo !== undefined)
    return `${rounded(value)} times the usual value in its market segment`;
  if ('laneStanding' in of)
    return `its market segment is at ${Math.round(value)}; our worst is at 0, our best at 100`;
  return rounded(value);
};

/** Returns the value for which points were given, and how often customers with such a value succeed or leave. */
const detailWords = (reason: CountedReason): string => {
  const { successPercent, churnPercent, example, left } = reason;
  const shown = valueWords(reason);
  const outcomes = [
    ...(successPercent === undefined ? [] : [`${successPercent} % of such customers succeed`]),
    ...(churnPercent === undefined ? [] : [`${churnPercent} % leave`]),
  ].join(', ');
  const details = [
    ...(shown === undefined ? [] : [shown]),
    ...(outcomes === '' ? [] : [outcomes]),
    ...(example === true ? ['example figures'] : []),
    ...(left === undefined || left.share === 1 ? [] : [left.words]),
  ];
  return details.length === 0 ? '' : ` (${details.join('; ')})`;
};

/** Returns a line on a criterion that gave points. */
export const reasonWords = (reason: CountedReason): string =>
  `    ${signed(reason.points).padStart(4)}  the lead ${reason.text}${detailWords(reason)}`;

const datedWords = ({ name, at }: SaidAt): string => `${day(at)} (${name})`;

const knownWords = ({ coverage, ages }: DimensionExplanation): string => {
  if (ages === undefined) return coverage === 1 ? '' : `; ${percent(coverage)} known`;
  const { oldest, newest } = ages;
  const isOneDay = day(oldest.at) === day(newest.at);
  const since = isOneDay ? `as of ${day(newest.at)}` : `from ${datedWords(oldest)} to ${datedWords(newest)}`;
  return `; ${percent(coverage)} known, ${since}`;
};

/** Returns lines that say where a dimension's points come from, how much of it is known and how old that is. */
export const dimensionWords = (
  dimension: DimensionExplanation,
  { counted, stage }: Explanation,
): string[] => {
  const { title, score, share, contribution, base, uncounted } = dimension;
  const weight =
    share === 0
      ? `does not count at stage ${stage}`
      : `counts ${percent(share)} at stage ${stage} and gives ${contribution}`;
  return [
    `  ${title}: ${score} of 100, ${weight}${knownWords(dimension)}`,
    ...(base > 0 ? [`    ${signed(base).padStart(4)}  to begin with`] : []),
    ...counted.filter((reason) => reason.dimension === dimension.dimension).map(reasonWords),
    ...(uncounted === 0
      ? []
      : [`    ${signed(-uncounted).padStart(4)}  cut off, since a dimension stays within 0 and 100`]),
  ];
};
