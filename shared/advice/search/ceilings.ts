import type { Stage } from '../../../events/index.ts';
import { resolveStage } from '../../funnel/index.ts';
import {
  type CompiledCriterion,
  computePoints,
  type Facts,
  instantOf,
  read,
  round,
} from '../../scoring/index.ts';
import { whatIf } from '../change.ts';
import type { Key } from '../names-behind.ts';
import type { Option } from '../options.ts';
import type { Reads } from '../reads.ts';
import type { Baseline } from './baseline.ts';

interface Criterion {
  readonly compiled: CompiledCriterion;
  /** The index of its dimension in the model. */
  readonly dimension: number;
  readonly reads: ReadonlySet<Key>;
  /** The points that it gives if nothing changes. */
  readonly now: number;
}

/** The most that an option's changes do, each alone. */
interface Reach {
  readonly option: Option;
  /** The most points that each criterion that reads the option gains. */
  readonly gains: ReadonlyMap<Criterion, number>;
  readonly stages: readonly Stage[];
}

/** Two options, and a score that no two changes of them exceed. */
export interface OptionPair {
  readonly first: Option;
  readonly second: Option;
  readonly ceiling: number;
}

/** Sums of the same points in another order may differ by so much. */
const tolerance = 1e-7;

const clampToHundred = (points: number): number => Math.max(0, Math.min(100, points));

const computeGiven = (model: Baseline['model'], facts: Facts) => {
  const reading = read(model, facts, instantOf(facts));
  return (compiled: CompiledCriterion): number => computePoints(compiled, reading) ?? 0;
};

const collectCriteria = ({ model, facts, at }: Baseline, { criteria }: Reads): Criterion[] => {
  // Changes happen a moment later, and what time alone changes must not be put down to them.
  const given = computeGiven(model, { ...facts, seen: Date.parse(at) });
  return model.dimensions
    .flatMap((dimension, d) => dimension.criteria.map((compiled) => ({ compiled, dimension: d })))
    .map((each, i) => ({ ...each, reads: criteria[i] ?? new Set(), now: given(each.compiled) }));
};

const computeReach = (
  { model, facts, at }: Baseline,
  criteria: readonly Criterion[],
  option: Option,
): Reach => {
  const after = option.changes.map((change) => whatIf(facts, change, at));
  const given = after.map((each) => computeGiven(model, each));
  const read = criteria.filter(({ reads }) => reads.has(option.key));
  return {
    option,
    gains: new Map(
      read.map((criterion) => [
        criterion,
        given.reduce((most, points) => Math.max(most, points(criterion.compiled)), Number.NEGATIVE_INFINITY) -
          criterion.now,
      ]),
    ),
    stages: [...new Set(after.map((each) => resolveStage(each, model.document).stage))],
  };
};

/**
 * Lists all pairs of options with their ceilings. A criterion that reads one of the two gives at most what it gives
 * after a change of that one alone; one that reads both, at most its best; any other, what it gives now. The lead's stage
 * after both changes is the higher of those after either.
 */
export const pairOptions = (baseline: Baseline, reads: Reads, options: readonly Option[]): OptionPair[] => {
  const { model } = baseline;
  const criteria = collectCriteria(baseline, reads);
  const sumsNow = model.dimensions.map(({ base }, d) =>
    criteria.reduce((sum, { dimension, now }) => (dimension === d ? sum + now : sum), base),
  );

  const computeCeiling = (a: Reach, b: Reach): number => {
    const sums = [...sumsNow];
    const add = ({ dimension }: Criterion, points: number): void => {
      sums[dimension] = (sums[dimension] ?? 0) + points;
    };
    for (const [criterion, gain] of a.gains) {
      add(criterion, b.gains.has(criterion) ? criterion.compiled.best - criterion.now : gain);
    }
    for (const [criterion, gain] of b.gains) if (!a.gains.has(criterion)) add(criterion, gain);
    const scores = [...a.stages, ...b.stages].map((stage) =>
      model.scorecards[stage].reduce((score, share, d) => score + share * clampToHundred(sums[d] ?? 0), 0),
    );
    return round(Math.max(...scores) + tolerance);
  };

  const reaches = options.map((option) => computeReach(baseline, criteria, option));
  return reaches.flatMap((a, i) =>
    reaches.slice(i + 1).map((b) => ({ first: a.option, second: b.option, ceiling: computeCeiling(a, b) })),
  );
};
