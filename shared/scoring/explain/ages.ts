import { answersJudged } from '../compile/answering.ts';
import type { ScoringModel } from '../compile/model.ts';
import type { ModelDocument } from '../document/model.ts';
import { addCondition, addSubject, type NamesRead, namesRead, noNames } from '../document/names-read.ts';
import type { Facts } from '../facts.ts';

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

const conditionsOfDerived = ({ bant, slide, lanes = [], answering }: ModelDocument) => ({
  bant: Object.values(bant?.letters ?? {}).flatMap(({ pass, fail }) =>
    fail === undefined ? [pass] : [pass, fail],
  ),
  slide: Object.values(slide?.parts ?? {}).flatMap(({ complete, partial }) =>
    partial === undefined ? [complete] : [complete, partial],
  ),
  lanes: lanes.map(({ when }) => when),
  answering: (answering?.contradictions ?? []).map(({ when }) => when),
});

/** With the names behind what is worked out first: a criterion that asks for BANT rests on its answers. */
const withDerived = (names: NamesRead, document: ModelDocument): NamesRead => {
  const conditions = conditionsOfDerived(document);
  for (const derived of names.derived) {
    const behind = namesRead(conditions[derived]);
    for (const name of behind.attributes) names.attributes.add(name);
    for (const name of behind.answers) names.answers.add(name);
    if (derived === 'answering') for (const question of answersJudged(document)) names.answers.add(question);
  }
  return names;
};

const namesBehind = (document: ModelDocument, dimension: string): NamesRead => {
  const names = noNames();
  for (const criterion of document.dimensions[dimension]?.criteria ?? []) {
    if ('when' in criterion) addCondition(names, criterion.when);
    else if ('of' in criterion) addSubject(names, criterion.of);
    else if ('answering' in criterion.each) names.derived.add('answering');
  }
  return withDerived(names, document);
};

const known = new WeakMap<ModelDocument, Map<string, NamesRead>>();

/** Worked out once a model: names don't change from lead to lead. */
const rememberedNames = (document: ModelDocument, dimension: string): NamesRead => {
  const ofModel = known.get(document) ?? new Map<string, NamesRead>();
  known.set(document, ofModel);
  const names = ofModel.get(dimension) ?? namesBehind(document, dimension);
  ofModel.set(dimension, names);
  return names;
};

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
  const [first, ...others] = saidOf(rememberedNames(document, dimension), facts);
  if (first === undefined) return undefined;
  return others.reduce<Ages>(
    ({ oldest, newest }, said) => ({
      oldest: said.at < oldest.at ? said : oldest,
      newest: said.at > newest.at ? said : newest,
    }),
    { oldest: first, newest: first },
  );
};
