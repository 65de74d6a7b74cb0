import { collectCriterionPaths, type ModelDocument } from '../scoring/index.ts';
import { askedBy, createNamesBehind, type Key } from './names-behind.ts';

export interface Reads {
  /** The names on which the points of each criterion depend, in the model's order of criteria. */
  readonly criteria: readonly ReadonlySet<Key>[];
  /** The names on which it depends whether a lead is disqualified. */
  readonly disqualifying: ReadonlySet<Key>;
}

/** Finds the names of facts that give fewer points as they grow old. */
export const findAging = (document: ModelDocument, { criteria }: Reads): ReadonlySet<Key> =>
  new Set(
    collectCriterionPaths(document).flatMap(({ criterion: { decay } }, i) =>
      decay === undefined ? [] : [...(criteria[i] ?? [])],
    ),
  );

/** Finds the names that a model reads. Facts of a name that a criterion doesn't read can't change its points. */
export const findReads = (document: ModelDocument): Reads => {
  const namesBehind = createNamesBehind(document);
  const disqualifying = document.disqualifiers.flatMap(({ when, unless }) =>
    unless === undefined ? [when] : [when, unless],
  );
  return {
    criteria: collectCriterionPaths(document).map(({ criterion }) => namesBehind([askedBy(criterion)])),
    disqualifying: namesBehind(disqualifying),
  };
};
