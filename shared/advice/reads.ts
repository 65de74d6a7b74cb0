import { criteriaIn, type ModelDocument } from '../scoring/index.ts';
import { type Asking, type Criterion, createNamesBehind, type Key } from './names-behind.ts';

export interface Reads {
  /** Of each criterion, in the model's order, the names that its points can depend on. */
  readonly criteria: readonly ReadonlySet<Key>[];
  /** The names on which it depends whether a lead is disqualified. */
  readonly disqualifying: ReadonlySet<Key>;
  /** Of which names a wording can do more than be counted as short, long or specific. */
  readonly worded: ReadonlySet<Key>;
}

const askedBy = (criterion: Criterion): Asking =>
  'when' in criterion ? criterion.when : 'of' in criterion ? criterion.of : criterion.each;

/** A criterion that counts how answers are worded, each for itself. */
const isTally = (criterion: Criterion): boolean =>
  'each' in criterion && 'answering' in criterion.each && criterion.each.answering !== 'contradictory';

/** What reads what in a model: what a criterion doesn't read can't change its points. */
export const readsOf = (document: ModelDocument): Reads => {
  const namesBehind = createNamesBehind(document);
  const criteria = criteriaIn(document).map(({ criterion }) => ({
    criterion,
    ...namesBehind([askedBy(criterion)]),
  }));
  const disqualifying = namesBehind(
    document.disqualifiers.flatMap(({ when, unless }) => (unless === undefined ? [when] : [when, unless])),
  );
  const looking = criteria.filter(({ criterion }) => !isTally(criterion));
  return {
    criteria: criteria.map(({ names }) => names),
    disqualifying: disqualifying.names,
    worded: new Set([...looking, disqualifying].flatMap(({ worded }) => [...worded])),
  };
};
