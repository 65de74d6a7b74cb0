import type { ScoringModel } from '../compile/model.ts';
import { listReadsBehind } from '../compile/reads-behind.ts';
import { listCriterionReads, type Read } from '../document/reads.ts';
import type { Facts } from '../facts.ts';
import { memoizePerModel } from './memoize-per-model.ts';

/** A fact, with the instant at which the lead said it, in milliseconds since 1970. */
export interface SaidAt {
  readonly kind: 'attribute' | 'answer';
  readonly name: string;
  readonly at: number;
}

/** The oldest and the newest of the facts that a dimension rests on. */
export interface Ages {
  readonly oldest: SaidAt;
  readonly newest: SaidAt;
}

interface Names {
  readonly attributes: ReadonlySet<string>;
  readonly answers: ReadonlySet<string>;
}

const collectNames = (reads: readonly Read[]): Names => {
  const of = (kind: SaidAt['kind']) =>
    new Set(reads.flatMap((read) => (read.kind === kind ? [read.name] : [])));
  return { attributes: of('attribute'), answers: of('answer') };
};

const namesBehind = memoizePerModel((document, dimension): Names => {
  const reads = (document.dimensions[dimension]?.criteria ?? []).flatMap(listCriterionReads);
  return collectNames([...reads, ...reads.flatMap((read) => listReadsBehind(read, document))]);
});

const collectSaid = ({ attributes, answers }: Names, facts: Facts): SaidAt[] => {
  const of = (
    kind: SaidAt['kind'],
    bag: Facts['attributes'] | Facts['answers'],
    wanted: ReadonlySet<string>,
  ) =>
    [...wanted].flatMap((name): SaidAt[] => {
      const fact = Object.hasOwn(bag, name) ? bag[name] : undefined;
      return fact === undefined || fact[0] === null ? [] : [{ kind, name, at: fact[1] }];
    });
  return [...of('attribute', facts.attributes, attributes), ...of('answer', facts.answers, answers)];
};

/** Finds the oldest and the newest fact that a dimension rests on; undefined if none of them is known. */
export const computeAges = (
  { document }: ScoringModel,
  dimension: string,
  facts: Facts,
): Ages | undefined => {
  const [first, ...others] = collectSaid(namesBehind(document, dimension), facts);
  if (first === undefined) return undefined;
  return others.reduce<Ages>(
    ({ oldest, newest }, fact) => ({
      oldest: fact.at < oldest.at ? fact : oldest,
      newest: fact.at > newest.at ? fact : newest,
    }),
    { oldest: first, newest: first },
  );
};
