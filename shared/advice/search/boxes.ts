import type { Budget } from './budget.ts';
import type { Combination } from './combine.ts';
import type { Option, TriedLever } from './settings.ts';

/** Changes with alternatives: any choice of one for each lever reaches the target. */
export interface Box {
  readonly levers: readonly TriedLever[];
  /** By lever, each in the order of its changes. */
  readonly anyOf: readonly (readonly Option[])[];
  /** The choice that scores lowest. */
  readonly lowest: Combination;
}

const lower = (a: Combination, b: Combination): Combination => (b.score < a.score ? b : a);

const inOrder = (options: readonly Option[]): Option[] => options.toSorted((a, b) => a.index - b.index);

const keyOf = (options: readonly Option[]): string => options.map(({ index }) => index).join();

const keyOfBox = ({ anyOf }: Box): string => anyOf.map(keyOf).join(' ');

/** Boxes that differ at one place only are one box. */
const joinAt = (boxes: readonly Box[], place: number): Box[] => {
  const groups = Map.groupBy(boxes, (box) => keyOfBox({ ...box, anyOf: box.anyOf.with(place, []) }));
  return [...groups.values()].map((group) => {
    const [{ levers, anyOf }] = group as [Box];
    const all = group.flatMap((box) => box.anyOf[place] ?? []);
    return {
      levers,
      anyOf: anyOf.with(place, inOrder(all)),
      lowest: group.map((box) => box.lowest).reduce(lower),
    };
  });
};

const choicesOf = (anyOf: Box['anyOf']): Option[][] =>
  anyOf.reduce<Option[][]>(
    (rows, options) => rows.flatMap((row) => options.map((option) => [...row, option])),
    [[]],
  );

/** Adds every alternative that leaves all choices true. So boxes overlap, and each says all that it can. */
const grow = (box: Box, found: ReadonlyMap<string, Combination>, budget: Budget): Box =>
  box.levers.reduce<Box>((grown, lever, place) => {
    const others = lever.settings.flatMap(({ options }) => options);
    const added = others.flatMap((option) => {
      if (budget.isSpent() || grown.anyOf[place]?.includes(option)) return [];
      const picked = choicesOf(grown.anyOf.with(place, [option]));
      if (!budget.spend(picked.length)) return [];
      const choices = picked.map((choice) => found.get(keyOf(choice)));
      return choices.includes(undefined) ? [] : [{ option, choices: choices as Combination[] }];
    });
    const all = [...(grown.anyOf[place] ?? []), ...added.map(({ option }) => option)];
    const lowest = added.flatMap(({ choices }) => choices).reduce(lower, grown.lowest);
    return { levers: grown.levers, anyOf: grown.anyOf.with(place, inOrder(all)), lowest };
  }, box);

/** Combinations of one set of levers, in few boxes: "approved or planned" is one line and not two. */
export const boxesOf = (
  levers: readonly TriedLever[],
  combinations: readonly Combination[],
  budget: Budget,
): Box[] => {
  const single = combinations.map(
    (combination): Box => ({
      levers,
      anyOf: combination.options.map((option) => [option]),
      lowest: combination,
    }),
  );
  budget.spend(single.length * levers.length);
  const joined = [...levers.keys()].reduce(joinAt, single);
  if (joined.length < 2) return joined;
  const found = new Map(combinations.map((combination) => [keyOf(combination.options), combination]));
  const grown = joined.map((box) => grow(box, found, budget));
  return [...new Map(grown.map((box) => [keyOfBox(box), box])).values()];
};
