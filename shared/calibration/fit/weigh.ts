import { binSource, type Column } from '../columns/bin-source.ts';
import type { Source } from '../columns/sources.ts';
import { type Tally, tallyBins } from '../columns/tally.ts';
import { computeChiSquared99 } from '../math.ts';
import { chooseShapes, computeForetold } from './choose-shape.ts';
import { type Mix, weighBins, weighMix } from './shapes.ts';
import { computeBaseRate, type Sample, type Weighed } from './strengths.ts';

/** A source with the way in which its evidence is weighed. */
export interface Plan {
  readonly source: Source;
  /** Undefined if its bins have no order. */
  readonly shapes: Mix | undefined;
  /** The strength that it has in naive Bayes: 1; 0 for one that repeats what another says. */
  readonly prior: number;
}

/** The stretches of time of which each is foretold by those before it. */
const stretches = 5;

const divideTime = (indexes: Int32Array): Int32Array[] =>
  Array.from({ length: stretches }, (_, k) =>
    indexes.subarray(
      Math.floor((indexes.length * k) / stretches),
      Math.floor((indexes.length * (k + 1)) / stretches),
    ),
  );

const weighTally = ({ order }: Column, shapes: Mix | undefined, tally: Tally, base: number): Float64Array =>
  order === undefined || shapes === undefined ? weighBins(tally, base) : weighMix(shapes, tally, base, order);

interface Rated {
  readonly plan: Plan;
  readonly bins: number;
  /** Whether the rates of its bins differ by more than chance. */
  readonly differs: boolean;
  /** The log loss that it spares on later time. */
  readonly foretold: number;
}

const sumTallies = (tallies: readonly Tally[], size: number): Tally => {
  const sum = { leads: new Float64Array(size), successes: new Float64Array(size) };
  for (const { leads, successes } of tallies) {
    for (let bin = 0; bin < size; bin++) {
      sum.leads[bin] = (sum.leads[bin] as number) + (leads[bin] as number);
      sum.successes[bin] = (sum.successes[bin] as number) + (successes[bin] as number);
    }
  }
  return sum;
};

/** The log loss, in all, that a column has to spare to be worth a criterion: that of one free number (Akaike 1974). */
const leastForetold = 1;

/** Bins of fewer leads say nothing reliable of rates. */
const fewestCompared = 30;

/** Tests whether rates differ by more than chance: Pearson's test of independence, at one percent. */
const hasDifferences = ({ leads, successes }: Tally): boolean => {
  const all = leads.reduce((sum, count) => sum + count, 0);
  const rate = successes.reduce((sum, count) => sum + count, 0) / all;
  let [statistic, used] = [0, 0];
  for (const [bin, count] of leads.entries()) {
    if (count < fewestCompared) continue;
    used++;
    statistic += ((successes[bin] as number) - count * rate) ** 2 / (count * rate * (1 - rate));
  }
  return used > 1 && statistic > computeChiSquared99(used - 1);
};

/** The square of the trend, over what chance gives, from which a column may be worth one free number (Akaike 1974). */
const leastTrend = 2;

/** Tests whether the rate of success rises or falls with the ranks of bins (Cochran 1954, Armitage 1955). */
const hasTrend = ({ leads, successes }: Tally, from: number): boolean => {
  const known = leads.slice(from);
  const won = successes.slice(from);
  const all = known.reduce((sum, count) => sum + count, 0);
  const rate = won.reduce((sum, count) => sum + count, 0) / all;
  let [before, trend, squares] = [0, 0, 0];
  for (const [bin, count] of known.entries()) {
    // The mean rank of all is half of them.
    const rank = before + count / 2 - all / 2;
    trend += rank * ((won[bin] as number) - count * rate);
    squares += count * rank * rank;
    before += count;
  }
  return trend * trend > leastTrend * rate * (1 - rate) * squares;
};

const rateSource = (source: Source, { outcomes, indexes }: Sample): Rated => {
  const column = binSource(source, { outcomes, indexes });
  const { bins, size, order } = column;
  const tallies = divideTime(indexes).map((stretch) => tallyBins(bins, size, outcomes, stretch));
  const shapes = order && chooseShapes(tallies, order);
  const foretold = computeForetold(tallies, (tally, base) => weighTally(column, shapes, tally, base));
  const sum = sumTallies(tallies, size);
  const differs = hasDifferences(sum) || (order !== undefined && hasTrend(sum, order.from));
  return { plan: { source, shapes, prior: 1 }, bins: size, differs, foretold };
};

const keyOf = ({ plan: { source } }: Rated): string =>
  `${source.kind} ${source.field.kind} ${source.field.name}`;

/** The most columns and bins that a document can have within the limits of the format. */
const mostColumns = 80;
const mostBins = 1_500;

/** Selects the columns that say most, as many as a document can have. */
const selectBest = (rated: readonly Rated[]): Rated[] => {
  let bins = 0;
  return rated
    .toSorted((a, b) => b.foretold - a.foretold)
    .slice(0, mostColumns)
    .filter((one) => {
      bins += one.bins;
      return bins <= mostBins;
    });
};

/** Leaves no strength of their own to the windows of an activity but the best: they repeat what it says. */
const markRepeats = (best: readonly Rated[]): Plan[] => {
  const seen = new Set<string>();
  return best.map((one) => {
    const repeats = one.plan.source.kind === 'counts' && seen.has(keyOf(one));
    seen.add(keyOf(one));
    return { ...one.plan, prior: repeats ? 0 : 1 };
  });
};

/**
 * Plans how sources are weighed, by some leads in the order of time. Sources that foretell nothing of later time and whose
 * rates differ by chance are left out.
 */
export const planSources = (sources: readonly Source[], sample: Sample): Plan[] => {
  const places = new Map(sources.map((source, i) => [source, i]));
  const rated = sources
    .map((source) => rateSource(source, sample))
    .filter(({ foretold, differs }) => foretold > leastForetold || differs);
  return markRepeats(selectBest(rated)).toSorted(
    (a, b) => (places.get(a.source) ?? 0) - (places.get(b.source) ?? 0),
  );
};

/** Divides a source into bins and weighs their evidence, by what some leads say. */
export const weighPlan = ({ source, shapes, prior }: Plan, sample: Sample): Weighed => {
  const { outcomes, indexes } = sample;
  const column = binSource(source, { outcomes, indexes });
  const tally = tallyBins(column.bins, column.size, outcomes, indexes);
  return {
    column,
    evidence: weighTally(column, shapes, tally, computeBaseRate(sample)),
    monotone: shapes?.some(({ shape }) => shape === 'free') ? undefined : column.order,
    prior,
  };
};
