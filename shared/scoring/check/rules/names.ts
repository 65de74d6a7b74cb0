import type { ModelDocument } from '../../document/model.ts';
import { listReads } from '../../document/reads.ts';
import { collectReaders } from '../../document/walk.ts';
import { error, type Finding, nameError, type Rule } from '../finding.ts';
import { describeChoices } from '../suggest.ts';

type Vocabulary = 'questions' | 'attributes' | 'activities';

interface Use {
  readonly path: string;
  readonly name: string;
}

const namesUsed = (kind: 'answer' | 'attribute' | 'activity', document: ModelDocument): Use[] =>
  collectReaders(document).flatMap(({ path, reader }) =>
    listReads(reader).flatMap((read) =>
      read.kind === kind ? [{ path: `${path}.${read.field}`, name: read.name }] : [],
    ),
  );

const listed = (path: string, names: readonly string[] = []): Use[] =>
  names.map((name, i) => ({ path: `${path}[${i}]`, name }));

const attributesUsed = (document: ModelDocument): Use[] => [
  ...namesUsed('attribute', document),
  ...listed('show', document.show),
  ...listed('policy.handoffs.attributes', document.policy.handoffs?.attributes),
];

const activitiesUsed = (document: ModelDocument): Use[] => [
  ...namesUsed('activity', document),
  ...document.promotions.flatMap(({ activities }, i) => listed(`promotions[${i}].activities`, activities)),
  ...document.efforts.flatMap(({ activities }, i) => listed(`efforts[${i}].activities`, activities)),
  ...(['resetBy', 'pausedBy', 'resumedBy'] as const).flatMap((list) =>
    listed(`policy.deadlines.${list}`, document.policy.deadlines?.[list]),
  ),
];

/**
 * With a vocabulary, only its names can be used: a name that is misspelt would read nothing, and nobody would notice.
 */
const createNamesRule = (
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
      .map(({ path, name }) => error(path, name, describeChoices(`${what} of this model`, name, names)));
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
            describeChoices('a dimension of this model', name, Object.keys(dimensions)),
          ),
        ),
    ),
};

export const nameRules: readonly Rule[] = [
  dimensionNames,
  createNamesRule('questions', 'a question', (document) => namesUsed('answer', document)),
  createNamesRule('attributes', 'an attribute', attributesUsed),
  createNamesRule('activities', 'an activity', activitiesUsed),
];
