import { dayMs, hourMs, type Stage } from '../../../events/index.ts';
import type { CompiledCriterion } from '../compile/criterion.ts';
import { computeLeft } from '../compile/decay.ts';
import type { CompiledDimension, ScoringModel } from '../compile/model.ts';
import { computeFullPoints, computePoints } from '../compile/rule.ts';
import { clampToHundred, round } from '../evaluate.ts';
import type { Facts } from '../facts.ts';
import { blankReading, read } from '../read.ts';
import type { Reading } from '../reading.ts';

/** A time between two cuts, in which every condition keeps its result. */
export interface Stretch {
  /**
   * Returns the score at an hour of the stretch, exactly as `evaluate` does. With two hours it is a bound: gains and
   * penalties only ever become smaller, so with the gains of the first hour of a span and the penalties of the last no
   * score within the span is higher; the other way round none is lower.
   */
  readonly computeScore: (hourOfGains: number, hourOfPenalties: number) => number;
}

/** A reading whose time of evaluation moves. */
type TimedReading = Omit<Reading, 'hour' | 'today'> & { hour: number; today: number };

/** The points of a criterion in a stretch: the same all along, or computed for an hour. */
type Term = number | { readonly isGain: boolean; readonly compute: (reading: Reading) => number };

const hoursPerDay = dayMs / hourMs;

const setHour = (reading: TimedReading, hour: number): void => {
  reading.hour = hour;
  reading.today = Math.floor(hour / hoursPerDay);
};

/** Returns how a criterion that gives points at the beginning of a stretch gives them during it. */
const createCompute = (
  criterion: CompiledCriterion,
  full: number,
  start: Reading,
): ((reading: Reading) => number) | undefined => {
  const { rule, decay } = criterion;
  if (rule.kind === 'each') return (reading) => computePoints(criterion, reading) ?? 0;
  if (decay?.kind !== 'age') return undefined;
  const latest = decay.findLatestHour(start);
  return latest === undefined
    ? undefined
    : (reading) => computeLeft(full, decay.weights, latest, reading.hour);
};

const freezeCriterion = (criterion: CompiledCriterion, start: Reading, end: Reading): Term => {
  const full = computeFullPoints(criterion.rule, start) ?? 0;
  const compute = full === 0 ? undefined : createCompute(criterion, full, start);
  if (compute === undefined) return full;
  const points = compute(start);
  // Points that are the same at both ends are the same between them.
  return points === compute(end) ? points : { isGain: full > 0, compute };
};

interface FrozenDimension {
  readonly share: number;
  /** The base and the terms before the first that changes. */
  readonly base: number;
  readonly terms: readonly Term[];
}

/** Freezes a dimension. Terms stay in the model's order, since a sum of other order may differ in its last bit. */
const freezeDimension = (
  { base, criteria }: CompiledDimension,
  share: number,
  start: Reading,
  end: Reading,
): FrozenDimension => {
  let first = base;
  const terms: Term[] = [];
  for (const criterion of criteria) {
    const term = freezeCriterion(criterion, start, end);
    if (term === 0) continue;
    if (terms.length === 0 && typeof term === 'number') first += term;
    else terms.push(term);
  }
  return { share, base: first, terms };
};

const sumUp = ({ base, terms }: FrozenDimension, gains: Reading, penalties: Reading): number => {
  let points = base;
  for (const term of terms) {
    points += typeof term === 'number' ? term : term.compute(term.isGain ? gains : penalties);
  }
  return points;
};

/**
 * Freezes what stays the same in a stretch, so that scores at its hours cost little.
 *
 * @param from the first hour, since 1970
 * @param to the last hour; no condition may change its result in between, see `listCuts`
 */
export const freeze = (
  model: ScoringModel,
  facts: Facts,
  stage: Stage,
  from: number,
  to: number,
): Stretch => {
  const start = read(model, facts, from * hourMs);
  const end = blankReading(facts, to * hourMs);
  const shares = model.scorecards[stage];
  const dimensions = model.dimensions.flatMap((dimension, i) => {
    const share = shares[i] ?? 0;
    return share === 0 ? [] : [freezeDimension(dimension, share, start, end)];
  });
  const gains: TimedReading = { ...end };
  const penalties: TimedReading = { ...end };
  return {
    computeScore: (hourOfGains, hourOfPenalties) => {
      setHour(gains, hourOfGains);
      setHour(penalties, hourOfPenalties);
      let score = 0;
      for (const dimension of dimensions) {
        score += dimension.share * clampToHundred(sumUp(dimension, gains, penalties));
      }
      return round(clampToHundred(score));
    },
  };
};
