import { answersJudged } from '../compile/answering.ts';
import type { ScoringModel } from '../compile/model.ts';
import type { ModelDocument } from '../document/model.ts';
import { addCriterion, type NamesRead, namesRead, noNames } from '../document/names-read.ts';
import { derivedPlaces } from '../document/places.ts';
import type { Facts } from '../facts.ts';
import { onceAModel } from './once-a-model.ts';

/** Something that was said, and the instant at which it was, in milliseconds since 1970. */
export interface SaidAt {
  readonly kind: 'attribute' | 'answer';
  readonly name: string;
  readonly at: number;
}

/** How old what a dimension rests on is. */
export interface Ages {
  readonly oldest: SaidAt;
  readonly newest: SaidAt;
}

/** With the names behind what is worked out first: a criterion that asks for BANT rests on its answers. */
const withDerived = (names: NamesRead, document: ModelDocument): NamesRead => {
  const places = derivedPlaces(document);
  for (const derived of names.derived) {
    const behind = namesRead(places[derived].map(({ condition }) => condition));
    for (const name of behind.attributes) names.attributes.add(name);
    for (const name of behind.answers) names.answers.add(name);
    if (derived === 'answering') for (const question of answersJudged(document)) names.answers.add(question);
  }
  return names;
};

const namesBehind = onceAModel((document, dimension) => {
  const names = noNames();
  for (const criterion of document.dimensions[dimension]?.criteria ?? []) addCriterion(names, criterion);
  return withDerived(names, document);
});

const saidOf = (names: NamesRead, facts: Facts): SaidAt[] => {
  const of = (
    kind: SaidAt['kind'],
    bag: Facts['attributes'] | Facts['answers'],
    wanted: ReadonlySet<string>,
  ) =>
    [...wanted].flatMap((name): SaidAt[] => {
      const said = Object.hasOwn(bag, name) ? bag[name] : undefined;
      return said === undefined || said[0] === null ? [] : [{ kind, name, at: said[1] }];
    });
  return [
    ...of('attribute', facts.attributes, names.attributes),
    ...of('answer', facts.answers, names.answers),
  ];
};

/** The oldest and the newest of what a dimension rests on; undefined where nothing of it was said. */
export const agesOf = ({ document }: ScoringModel, dimension: string, facts: Facts): Ages | undefined => {
  const [first, ...others] = saidOf(namesBehind(document, dimension), facts);
  if (first === undefined) return undefined;
  return others.reduce<Ages>(
    ({ oldest, newest }, said) => ({
      oldest: said.at < oldest.at ? said : oldest,
      newest: said.at > newest.at ? said : newest,
    }),
    { oldest: first, newest: first },
  );
};
