import type { Change } from '../change.ts';
import type { Option } from '../options.ts';
import { compareOutcomes, type Outcome } from '../outcome.ts';
import type { RequiredChange, RequiredSet } from '../requirements.ts';
import type { OptionPair } from './ceilings.ts';

/** A change, and how the lead stands after it. */
export interface SingleTrial {
  readonly change: Change;
  readonly outcome: Outcome;
}

/** A change of each of two options, and how the lead stands after both. */
export interface PairTrial {
  readonly first: Change;
  readonly second: Change;
  readonly outcome: Outcome;
}

const requireAny = ({ effort, changes }: Option, anyOf: readonly [Change, ...Change[]]): RequiredChange => {
  const [{ kind, name }] = anyOf;
  // The model distinguishes no counts above the last of an activity's changes.
  const last = changes.slice(-anyOf.length);
  const orMore = kind === 'activity' && anyOf.every((change, i) => change === last[i]);
  const isConfirmed = anyOf.some((change) => change.kind !== 'activity' && change.confirms);
  return {
    kind,
    name,
    effort: isConfirmed ? 'confirm' : effort,
    anyOf,
    among: changes,
    ...(orMore && { orMore }),
  };
};

const findLowest = (trials: readonly { readonly outcome: Outcome }[]): Outcome =>
  trials.map(({ outcome }) => outcome).reduce((a, b) => (compareOutcomes(b, a) < 0 ? b : a));

const isSome = <T>(list: readonly T[]): list is readonly [T, ...T[]] => list.length > 0;

/** Makes one suggestion of changes of one option, each of which is enough; none of no changes. */
export const suggestSingle = (option: Option, trials: readonly SingleTrial[]): RequiredSet[] => {
  const anyOf = trials.map(({ change }) => change);
  return isSome(anyOf) ? [{ changes: [requireAny(option, anyOf)], atLeast: findLowest(trials) }] : [];
};

/**
 * Groups pairs of changes of two options into few suggestions: "approved or planned" in one line rather than two. Any
 * choice of a suggestion's changes is one of the pairs. Suggestions overlap, since each lists every alternative it can.
 *
 * @param trials in the order of the options' changes
 */
export const suggestPairs = (
  { first: a, second: b }: OptionPair,
  trials: readonly PairTrial[],
): RequiredSet[] => {
  const partners = new Map(
    [...Map.groupBy(trials, ({ second }) => second)].map(([second, own]) => [
      second,
      new Set(own.map(({ first }) => first)),
    ]),
  );
  const keyOf = (firsts: ReadonlySet<Change>): string =>
    [...firsts].map((one) => a.changes.indexOf(one)).join();
  const distinct = new Map([...partners.values()].map((firsts) => [keyOf(firsts), firsts]));
  return [...distinct.values()].flatMap((own) => {
    const firsts = [...own];
    const seconds = b.changes.filter((second) => firsts.every((first) => partners.get(second)?.has(first)));
    const offered = new Set(seconds);
    const chosen = trials.filter(({ first, second }) => own.has(first) && offered.has(second));
    return isSome(firsts) && isSome(seconds)
      ? [{ changes: [requireAny(a, firsts), requireAny(b, seconds)], atLeast: findLowest(chosen) }]
      : [];
  });
};
