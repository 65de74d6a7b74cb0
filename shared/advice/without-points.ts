import {
  type CountedReason,
  collectLongestWindows,
  computeDay,
  computeFullPoints,
  computePoints,
  countWithin,
  createFindUnread,
  type Facts,
  instantOf,
  listSaid,
  read,
  round,
  type Said,
  type ScoringModel,
  type Unread,
} from '../scoring/index.ts';
import type { Change } from './change.ts';
import { askedBy, createNamesBehind, type Key, keyOf } from './names-behind.ts';

/** A fact that is known and gives no points, with the reason. */
export type WithoutPoints =
  | Unread
  | (Said & { readonly what: 'rules' })
  /** An activity that lies before every window in which it is counted. */
  | (Said & { readonly what: 'old'; readonly last: number; readonly withinDays: number })
  /** A fact so old that nothing is left of the points for it. */
  | (Said & { readonly what: 'decayed'; readonly last: number });

const kindOf: Readonly<Record<Said['bag'], Change['kind']>> = {
  attributes: 'attribute',
  answers: 'answer',
  activities: 'activity',
};

/** Returns the names on which the points that were given depend. */
const collectGiving = ({ document }: ScoringModel, counted: readonly CountedReason[]): ReadonlySet<Key> => {
  const roots = counted.flatMap(({ dimension, criterion }) => {
    const stated = document.dimensions[dimension]?.criteria.find(({ id }) => id === criterion);
    return stated === undefined ? [] : [askedBy(stated)];
  });
  return createNamesBehind(document)(roots);
};

/** Returns the names of facts behind points of which nothing is left. */
const collectDecayed = (model: ScoringModel, facts: Facts, at: number): ReadonlySet<Key> => {
  const reading = read(model, facts, at);
  const roots = model.dimensions.flatMap(({ id, criteria }) =>
    criteria.flatMap((criterion, i) => {
      const stated = model.document.dimensions[id]?.criteria[i];
      const isGone =
        criterion.decay !== undefined &&
        round(computePoints(criterion, reading) ?? 0) === 0 &&
        (computeFullPoints(criterion.rule, reading) ?? 0) !== 0;
      return isGone && stated !== undefined ? [askedBy(stated)] : [];
    }),
  );
  return createNamesBehind(model.document)(roots);
};

/**
 * Lists the facts of a lead that are known and give no points, each with the reason: no rule reads the name, none names
 * the value, the activity is too long ago, nothing is left of the points, or the rules that read it give nothing for it.
 *
 * @param counted the reasons of an explanation of the same facts as of the same instant
 * @param at that instant, in milliseconds since 1970
 */
export const listWithoutPoints = (
  model: ScoringModel,
  facts: Facts,
  counted: readonly CountedReason[],
  at: number = instantOf(facts),
): WithoutPoints[] => {
  const { document } = model;
  const findUnread = createFindUnread(document);
  const giving = collectGiving(model, counted);
  const windows = collectLongestWindows(document);
  const decayed = collectDecayed(model, facts, at);

  const findOld = (said: Said): WithoutPoints | undefined => {
    const activity = said.bag === 'activities' ? facts.activities[said.name] : undefined;
    const withinDays = windows.get(said.name);
    if (activity === undefined || withinDays === undefined || withinDays === Number.POSITIVE_INFINITY)
      return undefined;
    if (countWithin(activity, computeDay(at), withinDays) > 0) return undefined;
    return { ...said, what: 'old', last: activity[1], withinDays };
  };

  return listSaid(facts).flatMap((said): WithoutPoints[] => {
    const unread = findUnread(said);
    if (unread !== undefined) return [unread];
    const key = keyOf(kindOf[said.bag], said.name);
    if (giving.has(key)) return [];
    if (decayed.has(key)) return [{ ...said, what: 'decayed', last: facts[said.bag][said.name]?.[1] ?? at }];
    return [findOld(said) ?? { ...said, what: 'rules' }];
  });
};
