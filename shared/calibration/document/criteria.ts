import type { ModelDocument } from '../../scoring/index.ts';
import type { CountSource, EntrySource, NumberSource, Source, ValueSource } from '../columns/sources.ts';
import { type Tally, tallyBins } from '../columns/tally.ts';
import type { Sample, Weighed } from '../fit/strengths.ts';
import type { MakeId } from './ids.ts';
import { describeBand, describeCount, describeEntry, describeField, describeValue } from './words.ts';

export type Criterion = ModelDocument['dimensions'][string]['criteria'][number];

/** A column with the whole points of each of its bins; those of bin 0 are 0. */
export interface Pointed {
  readonly weighed: Weighed;
  readonly points: readonly number[];
}

interface Details {
  readonly successPercent?: number;
  readonly leads: number;
}

const toPercent = (share: number): number => Math.round(share * 1_000) / 10;

/** Returns the figures of some bins together; without a percentage if they have no leads. */
const detailsOf = ({ leads, successes }: Tally, first: number, last: number): Details => {
  let [count, won] = [0, 0];
  for (let bin = first; bin <= last; bin++) {
    count += leads[bin] as number;
    won += successes[bin] as number;
  }
  return { ...(count > 0 && { successPercent: toPercent(won / count) }), leads: count };
};

const subjectOf = ({ field: { kind, name } }: Source) =>
  kind === 'answer' ? { answer: name } : { attribute: name };

/** Numbers below every one that was seen get the points of the lowest band too. */
const leastNumber = -1e9;

const findLowest = (values: Float64Array, { indexes }: Sample): number => {
  let lowest = 0;
  for (const i of indexes) if ((values[i] as number) < lowest) lowest = values[i] as number;
  return lowest < 0 ? Math.min(leastNumber, Math.floor(lowest)) : 0;
};

const makeBands = (
  source: NumberSource,
  { weighed, points }: Pointed,
  tally: Tally,
  sample: Sample,
  id: MakeId,
): Criterion => {
  const { cuts } = weighed.column;
  const starts = points
    .map((_, bin) => bin)
    .filter((bin) => bin > 0 && (bin === 1 || points[bin] !== points[bin - 1]));
  const lowest = findLowest(source.values, sample);
  const bands = starts.map((first, i) => {
    const next = starts[i + 1];
    const from = first === 1 ? undefined : cuts[first - 2];
    const below = next === undefined ? undefined : cuts[next - 2];
    return {
      from: from ?? lowest,
      points: points[first] as number,
      text: describeBand(source.field, from, below),
      ...detailsOf(tally, first, (next ?? points.length) - 1),
    };
  });
  return { id: id(source.field.name), text: describeField(source.field), of: subjectOf(source), bands };
};

const makeTable = (
  source: ValueSource,
  { weighed, points }: Pointed,
  tally: Tally,
  id: MakeId,
): Criterion => {
  const { kept } = weighed.column;
  const entries = kept.map((code, i) => {
    const name = source.names[code] as string;
    const bin = i + 1;
    const text = describeValue(source.field, name);
    return [name, { points: points[bin] as number, text, ...detailsOf(tally, bin, bin) }] as const;
  });
  const otherwise = points[kept.length + 1] as number;
  return {
    id: id(source.field.name),
    text: describeField(source.field),
    of: subjectOf(source),
    table: Object.fromEntries(entries),
    ...(otherwise !== 0 && { otherwise }),
  };
};

const makeEntry = (source: EntrySource, { points }: Pointed, id: MakeId): Criterion => ({
  id: id(source.field.name, source.entry),
  text: describeEntry(source.field, source.entry),
  when: { ...subjectOf(source), contains: source.entry },
  points: points[1] as number,
});

/** Makes a criterion of each step of a count: it gives what the step adds to the one before. */
const makeSteps = (
  { field: { name }, withinDays }: CountSource,
  { weighed, points }: Pointed,
  id: MakeId,
): Criterion[] =>
  weighed.column.cuts.flatMap((times, i): Criterion[] => {
    const added = (points[i + 1] as number) - (points[i] as number);
    if (added === 0) return [];
    const window = withinDays === undefined ? {} : { withinDays };
    const parts = [
      name,
      ...(withinDays === undefined ? [] : [`${withinDays}d`]),
      ...(times === 1 ? [] : [`${times}`]),
    ];
    return [
      {
        id: id(...parts),
        text: describeCount(name, times, withinDays),
        when: { activity: name, atLeast: times, ...window },
        points: added,
      },
    ];
  });

/** Makes the criteria of a column; none if it gives no points. */
export const makeCriteria = (pointed: Pointed, sample: Sample, id: MakeId): Criterion[] => {
  if (pointed.points.every((points) => points === 0)) return [];
  const { source, bins, size } = pointed.weighed.column;
  const tally = tallyBins(bins, size, sample.outcomes, sample.indexes);
  switch (source.kind) {
    case 'numbers':
      return [makeBands(source, pointed, tally, sample, id)];
    case 'values':
      return [makeTable(source, pointed, tally, id)];
    case 'entry':
      return [makeEntry(source, pointed, id)];
    case 'counts':
      return makeSteps(source, pointed, id);
    case 'criterion':
      // Criteria of a model in use aren't made anew.
      return [];
    default:
      return source satisfies never;
  }
};
