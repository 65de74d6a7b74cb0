import type { ModelDocument } from '../../document/model.ts';
import { readsOf } from '../../document/reads.ts';
import { readersIn } from '../../document/walk.ts';
import { error, type Finding, nameError, type Rule } from '../finding.ts';
import { oneOf } from '../suggest.ts';

type Vocabulary = 'questions' | 'attributes' | 'activities';

interface Use {
  readonly path: string;
  readonly name: string;
}

const namesUsed = (kind: 'answer' | 'attribute' | 'activity', document: ModelDocument): Use[] =>
  readersIn(document).flatMap(({ path, reader }) =>
    readsOf(reader).flatMap((read) =>
      read.kind === kind ? [{ path: `${path}.${read.field}`, name: read.name }] : [],
    ),
  );

const listed = (path: string, names: readonly string[]): Use[] =>
  names.map((name, i) => ({ path: `${path}.activities[${i}]`, name }));

const activitiesUsed = (document: ModelDocument): Use[] => [
  ...namesUsed('activity', document),
  ...document.promotions.flatMap(({ activities }, i) => listed(`promotions[${i}]`, activities)),
  ...document.efforts.flatMap(({ activities }, i) => listed(`efforts[${i}]`, activities)),
];

/**
 * With a vocabulary, only its names can be used: a name that is misspelt would read nothing, and nobody would notice.
 */
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
  namesOf('questions', 'a question', (document) => namesUsed('answer', document)),
  namesOf('attributes', 'an attribute', (document) => namesUsed('attribute', document)),
  namesOf('activities', 'an activity', activitiesUsed),
];
