import type { FieldName } from '../calibration/index.ts';
import { type Facts, noFacts } from '../scoring/index.ts';
import { foldAll, type Moment } from './lead-events.ts';

const bags = { attributes: 'attribute', answers: 'answer', activities: 'activity' } as const;

/** Returns the fields that facts hold. */
const listFields = (facts: Facts): FieldName[] =>
  (['attributes', 'answers', 'activities'] as const).flatMap((bag) =>
    Object.keys(facts[bag]).map((name) => ({ kind: bags[bag], name })),
  );

/**
 * Returns the fields that were said at an outcome or later, and of which nothing was known at the cut. Whoever learns
 * from today's facts would learn from these.
 *
 * @param from the instant of the outcome, in milliseconds since 1970
 */
export const listSaidLater = (moments: readonly Moment[], from: number, atCut: Facts): FieldName[] => {
  const later = moments.filter(({ at }) => at >= from).flatMap(({ said }) => said);
  const known = new Set(listFields(atCut).map(({ kind, name }) => `${kind} ${name}`));
  return listFields(foldAll(noFacts, later)).filter(({ kind, name }) => !known.has(`${kind} ${name}`));
};
