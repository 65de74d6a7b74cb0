import { type Candidates, createCandidatesAfter, type Facts, type ScoringModel } from '../scoring/index.ts';
import { type Counting, collectCountings } from './how-often.ts';
import type { Key } from './names-behind.ts';
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
}

const known = new WeakMap<ScoringModel, Knowledge>();

const derive = ({ document }: ScoringModel): Knowledge => {
  const candidatesAfter = createCandidatesAfter(document);
  const { answers } = candidatesAfter({});
  const reads = findReads(document);
  const asked = document.questions === undefined ? [...answers.keys()] : Object.keys(document.questions);
  return {
    candidatesAfter,
    countings: collectCountings(document),
    reads,
    aging: findAging(document, reads),
    questions: asked.filter((question) => (answers.get(question) ?? []).length > 0),
  };
};

export const deriveKnowledge = (model: ScoringModel): Knowledge => {
  const found = known.get(model) ?? derive(model);
  known.set(model, found);
  return found;
};
