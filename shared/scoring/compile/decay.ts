import { fullWeight, type Weights, weightAt, weightsOf } from '../decay/weights.ts';
import type { Criterion } from '../document/criterion.ts';
import type { ModelDocument } from '../document/model.ts';
import { listCriterionReads, type Read } from '../document/reads.ts';
import type { ActivityCounts } from '../facts.ts';
import type { Reading } from '../reading.ts';
import type { FactLayout } from './fact-layout.ts';
import type { FactName, FindLatestHour } from './latest-facts.ts';
import { listReadsBehind } from './reads-behind.ts';

/** The decay of points that are given for what is known: by the age of the latest fact behind them. */
interface AgeDecay {
  readonly kind: 'age';
  readonly weights: Weights;
  readonly findLatestHour: FindLatestHour;
}

/** The decay of points that are given for each time: every day of the activity has an age of its own. */
interface DayDecay {
  readonly kind: 'days';
  /** Sums up the counts of the days, each times the weight of its age: a whole number. */
  readonly sumWeights: (reading: Reading) => number;
}

export type CompiledDecay = AgeDecay | DayDecay;

const toFactName = (read: Read): FactName | undefined => {
  switch (read.kind) {
    case 'attribute':
      return { bag: 'attributes', name: read.name };
    case 'answer':
      return { bag: 'answers', name: read.name };
    case 'activity':
      return { bag: 'activities', name: read.name };
    case 'outcome':
      return { bag: 'outcomes', name: read.name };
    case 'letter':
    case 'bantMet':
    case 'part':
    case 'demoReady':
    case 'lane':
    case 'answering':
      return undefined;
    default:
      return read satisfies never;
  }
};

/** Returns the names of the facts that a criterion reads, itself or through sections. */
export const listFactNames = (criterion: Criterion, document: ModelDocument): FactName[] => {
  const reads = listCriterionReads(criterion);
  return [...reads, ...reads.flatMap((read) => listReadsBehind(read, document))].flatMap(
    (read) => toFactName(read) ?? [],
  );
};

type Counted = Extract<Extract<Criterion, { each: unknown }>['each'], { activity: string }>;

const sumDays = (
  days: ActivityCounts[2],
  { today, hour }: Reading,
  withinDays: number,
  perDay: boolean,
  weights: Weights,
): number => {
  const first = today - withinDays;
  let sum = 0;
  for (let i = days.length - 2; i >= 0 && (days[i] as number) > first; i -= 2) {
    const weight = weightAt(weights, hour - (days[i] as number) * 24);
    sum += perDay ? weight : weight * (days[i + 1] as number);
  }
  return sum;
};

const compileDayDecay = (
  { activity, per, withinDays = Number.POSITIVE_INFINITY }: Counted,
  weights: Weights,
  layout: FactLayout,
): DayDecay => {
  const read = layout.reserveActivity(activity);
  const perDay = per === 'day';
  return {
    kind: 'days',
    sumWeights: (reading) => {
      const counts = read(reading);
      return counts === undefined ? 0 : sumDays(counts[2], reading, withinDays, perDay, weights);
    },
  };
};

/** Compiles the decay of a criterion; undefined if it has none. */
export const compileDecay = (
  criterion: Criterion,
  document: ModelDocument,
  layout: FactLayout,
): CompiledDecay | undefined => {
  if (criterion.decay === undefined) return undefined;
  const weights = weightsOf(criterion.decay);
  if ('each' in criterion && 'activity' in criterion.each) {
    return compileDayDecay(criterion.each, weights, layout);
  }
  return { kind: 'age', weights, findLatestHour: layout.reserveLatest(listFactNames(criterion, document)) };
};

/**
 * Returns what is left of points at an hour.
 *
 * @param latest the hour of the latest fact behind them; undefined if none is known: then they count in full
 */
export const computeLeft = (
  points: number,
  weights: Weights,
  latest: number | undefined,
  hour: number,
): number => (latest === undefined ? points : (points * weightAt(weights, hour - latest)) / fullWeight);
