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
  type ModelDocument,
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

/** The parts of a model that are the same for every lead, derived from its document once. */
interface Derived {
  readonly findUnread: ReturnType<typeof createFindUnread>;
  readonly windows: ReturnType<typeof collectLongestWindows>;
  /** The names on which the points of each criterion depend, by dimension and criterion. */
  readonly namesBehind: ReadonlyMap<string, ReadonlySet<Key>>;
}

const known = new WeakMap<ModelDocument, Derived>();

const derive = (document: ModelDocument): Derived => {
  const namesBehind = createNamesBehind(document);
  return {
    findUnread: createFindUnread(document),
    windows: collectLongestWindows(document),
    namesBehind: new Map(
      Object.entries(document.dimensions).flatMap(([dimension, { criteria }]) =>
        criteria.map((criterion) => [`${dimension} ${criterion.id}`, namesBehind([askedBy(criterion)])]),
      ),
    ),
  };
};

const deriveOnce = (document: ModelDocument): Derived => {
  const found = known.get(document) ?? derive(document);
  known.set(document, found);
  return found;
};

/** Returns the names on which the points that were given depend. */
const collectGiving = ({ namesBehind }: Derived, counted: readonly CountedReason[]): ReadonlySet<Key> =>
  new Set(
    counted.flatMap(({ dimension, criterion }) => [...(namesBehind.get(`${dimension} ${criterion}`) ?? [])]),
  );

/** Returns the names of facts behind points of which nothing is left. */
const collectDecayed = (
  model: ScoringModel,
  { namesBehind }: Derived,
  facts: Facts,
  at: number,
): ReadonlySet<Key> => {
  const reading = read(model, facts, at);
  const names = model.dimensions.flatMap(({ id: dimension, criteria }) =>
    criteria.flatMap((criterion) => {
      const isGone =
        criterion.decay !== undefined &&
        round(computePoints(criterion, reading) ?? 0) === 0 &&
        (computeFullPoints(criterion.rule, reading) ?? 0) !== 0;
      return isGone ? [...(namesBehind.get(`${dimension} ${criterion.id}`) ?? [])] : [];
    }),
  );
  return new Set(names);
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
  const derived = deriveOnce(model.document);
  const { findUnread, windows } = derived;
  const giving = collectGiving(derived, counted);
  const decayed = collectDecayed(model, derived, facts, at);

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
