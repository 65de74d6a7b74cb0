import {
  type Affected,
  type Candidates,
  createCandidatesAfter,
  type Facts,
  type ScoringModel,
} from '../scoring/index.ts';
import { type Counting, collectCountings } from './how-often.ts';
import { type Key, keyOf } from './names-behind.ts';
import { findAging, findReads, type Reads } from './reads.ts';

/** The parts of a model that advice needs, derived from its document once. */
export interface Knowledge {
  /** Lists the candidates for a lead that has given answers. */
  readonly candidatesAfter: (answers: Facts['answers']) => Candidates;
  readonly countings: ReadonlyMap<string, Counting>;
  readonly reads: Reads;
  /** The names whose age makes a difference. */
  readonly aging: ReadonlySet<Key>;
  /** The questions whose answers the model reads, in its own order. */
  readonly questions: readonly string[];
  /**
   * The questions whose answers give fewer points as they grow old, in the model's order. Not all of them are asked: an
   * answer that only contradicts others makes no difference as the first one, but keeps points young.
   */
  readonly aged: readonly string[];
  /** The criteria whose points depend on the answer, by question. */
  readonly affected: ReadonlyMap<string, Affected>;
}

/** Finds the criteria whose points depend on the answer to a question. */
const findAffected = (
  { dimensions }: ScoringModel['document'],
  { criteria }: Reads,
  question: string,
): Affected => {
  const key = keyOf('answer', question);
  let index = 0;
  return Object.values(dimensions).map((dimension) =>
    dimension.criteria.map(() => criteria[index++]?.has(key) ?? true),
  );
};

const known = new WeakMap<ScoringModel, Knowledge>();

const derive = ({ document }: ScoringModel): Knowledge => {
  const candidatesAfter = createCandidatesAfter(document);
  const { answers } = candidatesAfter({});
  const reads = findReads(document);
  const asked = document.questions === undefined ? [...answers.keys()] : Object.keys(document.questions);
  const aging = findAging(document, reads);
  const questions = asked.filter((question) => (answers.get(question) ?? []).length > 0);
  return {
    candidatesAfter,
    countings: collectCountings(document),
    reads,
    aging,
    questions,
    aged: asked.filter((question) => aging.has(keyOf('answer', question))),
    affected: new Map(questions.map((question) => [question, findAffected(document, reads, question)])),
  };
};

export const deriveKnowledge = (model: ScoringModel): Knowledge => {
  const found = known.get(model) ?? derive(model);
  known.set(model, found);
  return found;
};
