import { type Stage, stages } from '../../events/index.ts';
import {
  type CompiledCriterion,
  computeFullPoints,
  computePoints,
  type Facts,
  listParts,
  type ModelDocument,
  type Reading,
  read,
  round,
  type ScoringModel,
} from '../scoring/index.ts';
import type { Knowledge } from './knowledge.ts';
import { keyOf } from './names-behind.ts';

/** The most that a question could still add to the score at a stage. */
export interface Potential {
  readonly stage: Stage;
  readonly points: number;
}

type Criterion = ModelDocument['dimensions'][string]['criteria'][number];

/** Returns whether a criterion's condition may be false only since nothing is known: three-valued logic doesn't leave that open. */
const asksWhetherKnown = (criterion: Criterion): boolean =>
  'when' in criterion && listParts(criterion.when).some((part) => 'known' in part || 'answering' in part);

/**
 * Returns the most points that a criterion could add beyond what it gives now, by one more answer and what others add to it.
 */
const computeRoom = (
  compiled: CompiledCriterion,
  criterion: Criterion,
  given: number | undefined,
  reading: Reading,
): number => {
  const { rule, best, decay } = compiled;
  if (rule.kind === 'eachAnswer') return Math.max(0, Math.min(rule.points, best - (given ?? 0)));
  if (given === undefined) return best;
  if (asksWhetherKnown(criterion)) return best - given;
  // One more answer makes new what others have given points for.
  return decay?.kind === 'age' ? Math.max(0, (computeFullPoints(rule, reading) ?? 0) - given) : 0;
};

/** Returns how many of the points a dimension can still add, as its sum is limited to 0 to 100. */
const limited = (sum: number, room: number): number =>
  Math.max(0, Math.min(100, sum + room)) - Math.max(0, Math.min(100, sum));

const listStages = (stage: Stage): readonly Stage[] => {
  const [from, end] = [stages.indexOf(stage), stages.indexOf('customer')];
  return from === end ? [stage] : stages.slice(from, end);
};

/**
 * Computes the most that answers to a question could still add to the score, at the stage of the lead and each one after
 * it. Every criterion that reads the question and is not decided yet counts with all the points that it could still add,
 * whatever else they need, within what the dimension has room for.
 *
 * @param at the instant as of which they could, in milliseconds since 1970
 */
export const createPotential = (
  model: ScoringModel,
  { reads }: Knowledge,
  facts: Facts,
  stage: Stage,
  at: number,
) => {
  const reading = read(model, facts, at);
  const dimensions = Object.values(model.document.dimensions);
  let index = 0;
  const rooms = model.dimensions.map((dimension, d) => {
    const criteria = dimension.criteria.map((compiled, c) => {
      const given = computePoints(compiled, reading);
      const room = computeRoom(compiled, dimensions[d]?.criteria[c] as Criterion, given, reading);
      return { given: given ?? 0, room, names: reads.criteria[index++] };
    });
    return { criteria, sum: criteria.reduce((sum, { given }) => sum + given, dimension.base) };
  });
  return (question: string): Potential[] => {
    const key = keyOf('answer', question);
    const added = rooms.map(({ criteria, sum }) =>
      limited(
        sum,
        criteria.reduce((total, { room, names }) => total + (names?.has(key) ? room : 0), 0),
      ),
    );
    return listStages(stage).map((at) => ({
      stage: at,
      points: round(added.reduce((total, points, d) => total + points * (model.scorecards[at][d] ?? 0), 0)),
    }));
  };
};
