import type { Stage } from '../../../events/index.ts';
import { rankOf, resolveStage } from '../../funnel/index.ts';
import {
  type CompiledCriterion,
  evaluate,
  type Facts,
  pointsOf,
  type ScoringModel,
} from '../../scoring/index.ts';

/** How many answers are short, long and specific: of each answer for itself, so that these counts just add up. */
export type Tallies = readonly [short: number, long: number, specific: number];

const flags: readonly string[] = ['short', 'long', 'specific'];

/** What is read of facts: what each criterion gives, and whether the lead is disqualified. */
export interface Observation {
  /** By the model's order; 0 where a criterion is not known, or goes by the tallies. */
  readonly points: readonly number[];
  readonly tallies: Tallies;
  readonly disqualified: boolean;
}

interface PlacedCriterion {
  readonly compiled: CompiledCriterion;
  readonly dimension: number;
  /** Which of the tallies it goes by; -1 for all others. */
  readonly tally: number;
}

/** A lead just before something changes. */
export interface Scene {
  readonly model: ScoringModel;
  readonly facts: Facts;
  /** When changes happen: just after all that is known. */
  readonly at: string;
  readonly stage: Stage;
  readonly criteria: readonly PlacedCriterion[];
  readonly now: Observation;
  /** Sums of the dimensions without tallies, not yet limited to 0 and 100. */
  readonly sums: readonly number[];
  readonly observe: (facts: Facts) => Observation;
  /** The score of sums and tallies at a stage, not yet rounded. */
  readonly scoreOf: (sums: ArrayLike<number>, tallies: Tallies, stage: Stage) => number;
}

const placed = (compiled: CompiledCriterion, dimension: number): PlacedCriterion => {
  const { rule } = compiled;
  return { compiled, dimension, tally: rule.kind === 'eachAnswer' ? flags.indexOf(rule.flag) : -1 };
};

const limitedTo = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, value));

export const createScene = (model: ScoringModel, facts: Facts, at: string): Scene => {
  // Nothing has happened yet, but it is already later: what time alone changes must not be put down to a change.
  const later = { ...facts, seen: facts.seen + 1 };
  const { stage } = resolveStage(later, model.document);
  const criteria = model.dimensions.flatMap((dimension, d) => dimension.criteria.map((c) => placed(c, d)));
  const tallied = criteria.filter(({ tally }) => tally >= 0);

  const observe = (given: Facts): Observation => {
    const { reading, disqualifier } = evaluate(model, given, stage, given.seen);
    const { short, long, specific } = reading.found;
    return {
      points: criteria.map(({ compiled, tally }) => (tally >= 0 ? 0 : (pointsOf(compiled, reading) ?? 0))),
      tallies: [short, long, specific],
      disqualified: disqualifier !== undefined,
    };
  };

  const scoreOf: Scene['scoreOf'] = (sums, tallies, at) => {
    const shares = model.scorecards[at];
    let score = 0;
    for (let d = 0; d < shares.length; d++) {
      const share = shares[d] as number;
      if (share === 0) continue;
      let sum = sums[d] as number;
      for (const { compiled, dimension, tally } of tallied) {
        const { rule } = compiled;
        if (dimension !== d || rule.kind !== 'eachAnswer') continue;
        const { points, least, most } = rule;
        sum += limitedTo((tallies[tally] as number) * points, least, most);
      }
      score += share * limitedTo(sum, 0, 100);
    }
    return score;
  };

  const now = observe(later);
  const sums = model.dimensions.map(({ base }) => base);
  for (const [i, { dimension }] of criteria.entries()) {
    sums[dimension] = (sums[dimension] as number) + (now.points[i] as number);
  }
  return { model, facts, at, stage, criteria, now, sums, observe, scoreOf };
};

/** Where the lead is after several changes: promotions go by what happened, and the highest counts. */
export const stageAfter = ({ stage }: Scene, changed: readonly { readonly stage: Stage }[]): Stage =>
  changed.reduce<Stage>(
    (highest, next) => (rankOf(next.stage) > rankOf(highest) ? next.stage : highest),
    stage,
  );
