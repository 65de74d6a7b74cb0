import { computeCuts, findBin } from './cuts.ts';
import { type Pool, poolMonotone } from './pool.ts';
import type { CountSource, CriterionSource, NumberSource, Source, ValueSource } from './sources.ts';
import { type Bins, type Tally, tallyBins } from './tally.ts';

/** The way in which bins follow each other by their numbers. */
export interface Order {
  /** The first bin that has numbers. */
  readonly from: 0 | 1;
  /** Whether the rate of success rises or falls with the numbers. */
  readonly direction: 1 | -1;
  /** The mean number of each bin. */
  readonly means: readonly number[];
}

/** A respect in which rows differ, divided into bins. Bin 0 gives no points: nothing is known, or nothing happened. */
export interface Column {
  readonly source: Source;
  readonly size: number;
  /** The bin of every row. */
  readonly bins: Bins;
  /** Undefined if its bins have no order. */
  readonly order: Order | undefined;
  /** The lower bounds of the bins of numbers from the second on, or of the bins of counts from bin 1 on. */
  readonly cuts: readonly number[];
  /** The values of bins 1 to `kept.length`, as indexes of the source's names; all others are in the last bin. */
  readonly kept: readonly number[];
}

export interface BinOptions {
  readonly outcomes: Uint8Array;
  /** The rows to learn from. */
  readonly indexes: Int32Array;
}

/** The most bands that a criterion can have. */
const mostBands = 20;

/** The fewest leads with which a value has an entry of its own. */
const fewestOfValue = 40;
const mostValues = 100;

const listPools = ({ leads, successes }: Tally, from: number): Pool[] =>
  Array.from(leads.subarray(from), (count, i) => ({
    first: from + i,
    last: from + i,
    leads: count,
    successes: successes[from + i] as number,
  }));

const placeNumbers = (values: Float64Array, cuts: readonly number[], first: 0 | 1): Uint8Array =>
  Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : first + findBin(cuts, value)));

const computeMeans = (values: Float64Array, bins: Bins, size: number, indexes: Int32Array): number[] => {
  const sums = new Array<number>(size).fill(0);
  const leads = new Array<number>(size).fill(0);
  for (const i of indexes) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    const bin = bins[i] as number;
    sums[bin] = (sums[bin] as number) + value;
    leads[bin] = (leads[bin] as number) + 1;
  }
  return sums.map((sum, bin) => sum / Math.max(1, leads[bin] as number));
};

/** Divides numbers or counts by cuts. Numbers have a bin 0 of their own for unknown; that of counts is for none. */
const binOrdered = (
  source: NumberSource | CountSource,
  cuts: readonly number[],
  { outcomes, indexes }: BinOptions,
): Column => {
  const from = source.kind === 'numbers' ? 1 : 0;
  const size = cuts.length + 1 + from;
  const bins = placeNumbers(source.values, cuts, from);
  const { direction } = poolMonotone(listPools(tallyBins(bins, size, outcomes, indexes), from));
  const means = computeMeans(source.values, bins, size, indexes);
  return { source, size, bins, order: { from, direction, means }, cuts, kept: [] };
};

const selectKnown = (values: Float64Array, indexes: Int32Array): Float64Array =>
  Float64Array.from(indexes, (i) => values[i] as number).filter((value) => !Number.isNaN(value));

/** The most steps of a count: each is a criterion of its own. */
const mostSteps = 5;

const binCounts = (source: CountSource, options: BinOptions): Column => {
  const known = selectKnown(source.values, options.indexes);
  const some = known.filter((value) => value > 0);
  // The first step is from none to one; the others divide those to whom it happened.
  const further = computeCuts(some, mostBands)
    .map(Math.ceil)
    .filter((cut) => cut > 1)
    .slice(0, mostSteps - 1);
  return binOrdered(source, some.length === 0 ? [] : [...new Set([1, ...further])], options);
};

const binValues = (source: ValueSource, { indexes }: BinOptions): Column => {
  const leads = new Float64Array(source.names.length);
  for (const i of indexes) {
    const code = source.codes[i] as number;
    if (code >= 0) leads[code] = (leads[code] as number) + 1;
  }
  const least = Math.max(5, Math.min(fewestOfValue, indexes.length / 25));
  const kept = source.names
    .map((_name, code) => code)
    .filter((code) => (leads[code] as number) >= least && source.names[code] !== '\u0000')
    .toSorted((a, b) => (leads[b] as number) - (leads[a] as number))
    .slice(0, mostValues);
  const binOf = new Map(kept.map((code, i) => [code, i + 1]));
  const bins = Uint8Array.from(source.codes, (code) => (code < 0 ? 0 : (binOf.get(code) ?? kept.length + 1)));
  return { source, size: kept.length + 2, bins, order: undefined, cuts: [], kept };
};

const binCriterion = (source: CriterionSource, { outcomes, indexes }: BinOptions): Column => {
  const { size, bins, order } = source;
  if (order === undefined) return { source, size, bins, order, cuts: [], kept: [] };
  const { direction } = poolMonotone(listPools(tallyBins(bins, size, outcomes, indexes), order.from));
  return { source, size, bins, order: { ...order, direction }, cuts: [], kept: [] };
};

/** Divides a source into bins, by what some rows say. */
export const binSource = (source: Source, options: BinOptions): Column => {
  switch (source.kind) {
    case 'numbers':
      return binOrdered(source, computeCuts(selectKnown(source.values, options.indexes), mostBands), options);
    case 'counts':
      return binCounts(source, options);
    case 'values':
      return binValues(source, options);
    case 'entry':
      return { source, size: 2, bins: source.has, order: undefined, cuts: [], kept: [] };
    case 'criterion':
      return binCriterion(source, options);
    default:
      return source satisfies never;
  }
};
