import type { ModelDocument } from '../../document/model.ts';
import { criteriaIn } from '../../document/places.ts';
import { error, type Finding, nameError, type Rule } from '../finding.ts';
import { nodesIn, subjectsIn } from '../nodes.ts';
import { oneOf } from '../suggest.ts';

type Vocabulary = 'questions' | 'attributes' | 'activities';

interface Use {
  readonly path: string;
  readonly name: string;
}

const questionsUsed = (document: ModelDocument): Use[] =>
  subjectsIn(document).flatMap(({ path, subject }) => {
    if ('answer' in subject) return [{ path: `${path}.answer`, name: subject.answer }];
    if ('words' in subject) return [{ path: `${path}.words`, name: subject.words }];
    return 'figures' in subject ? [{ path: `${path}.figures`, name: subject.figures }] : [];
  });

const attributesUsed = (document: ModelDocument): Use[] =>
  subjectsIn(document).flatMap(({ path, subject }) =>
    'attribute' in subject ? [{ path: `${path}.attribute`, name: subject.attribute }] : [],
  );

const listed = (path: string, names: readonly string[]): Use[] =>
  names.map((name, i) => ({ path: `${path}.activities[${i}]`, name }));

const activitiesUsed = (document: ModelDocument): Use[] => [
  ...nodesIn(document).flatMap(({ path, condition }) =>
    'activity' in condition ? [{ path: `${path}.activity`, name: condition.activity }] : [],
  ),
  ...criteriaIn(document).flatMap(({ path, criterion }) =>
    'each' in criterion && 'activity' in criterion.each
      ? [{ path: `${path}.each.activity`, name: criterion.each.activity }]
      : [],
  ),
  ...document.promotions.flatMap(({ activities }, i) => listed(`promotions[${i}]`, activities)),
  ...document.efforts.flatMap(({ activities }, i) => listed(`efforts[${i}]`, activities)),
];

/** With a vocabulary, only its names can be used: a name that is misspelt would read nothing, and nobody would notice. */
const namesOf = (
  vocabulary: Vocabulary,
  what: string,
  usesOf: (document: ModelDocument) => readonly Use[],
): Rule => ({
  reads: [vocabulary],
  find: (document) => {
    const known = document[vocabulary];
    if (known === undefined) return [];
    const names = Object.keys(known);
    return usesOf(document)
      .filter(({ name }) => !Object.hasOwn(known, name))
      .map(({ path, name }) => error(path, name, oneOf(`${what} of this model`, name, names)));
  },
});

const dimensionNames: Rule = {
  reads: ['dimensions', 'scorecards'],
  find: ({ dimensions, scorecards }) =>
    Object.entries(scorecards).flatMap(([stage, weights]): Finding[] =>
      Object.keys(weights ?? {})
        .filter((name) => !Object.hasOwn(dimensions, name))
        .map((name) =>
          nameError(
            `scorecards.${stage}.${name}`,
            name,
            oneOf('a dimension of this model', name, Object.keys(dimensions)),
          ),
        ),
    ),
};

export const nameRules: readonly Rule[] = [
  dimensionNames,
  namesOf('questions', 'a question', questionsUsed),
  namesOf('attributes', 'an attribute', attributesUsed),
  namesOf('activities', 'an activity', activitiesUsed),
];
