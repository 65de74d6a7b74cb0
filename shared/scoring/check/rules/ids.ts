import { noLane } from '../../compile/subject.ts';
import { collectCriterionPaths } from '../../document/condition-paths.ts';
import type { ModelDocument } from '../../document/model.ts';
import { error, type Finding, type Rule } from '../finding.ts';

interface Id {
  readonly path: string;
  readonly id: string;
}

const repeated = (ids: readonly Id[]): Finding[] => {
  const first = new Map<string, string>();
  return ids.flatMap(({ path, id }) => {
    const before = first.get(id);
    if (before !== undefined) return [error(path, id, `an id of its own; ${before} has this one`)];
    first.set(id, path);
    return [];
  });
};

const listed = (path: string, entries: readonly { readonly id: string }[] = []): Id[] =>
  entries.map(({ id }, i) => ({ path: `${path}[${i}].id`, id }));

const ownIds = (section: keyof ModelDocument, idsOf: (document: ModelDocument) => readonly Id[]): Rule => ({
  reads: [section],
  find: (document) => repeated(idsOf(document)),
});

/** The rule that no lane has the id `none`, which stands for being in no lane. */
const reservedLane: Rule = {
  reads: ['lanes'],
  find: ({ lanes = [] }) =>
    lanes.flatMap(({ id }, i) =>
      id === noLane
        ? [error(`lanes[${i}].id`, id, `another id: ${noLane} stands for a lead in no lane`)]
        : [],
    ),
};

/** Finds the attributes that a list has twice. */
const listTwice = (path: string, names: readonly string[]) =>
  names.flatMap((name, i) =>
    names.indexOf(name) === i
      ? []
      : [error(`${path}[${i}]`, name, `an attribute once; ${path}[${names.indexOf(name)}] is this one`)],
  );

/** The rule that lists show an attribute once. */
const shownOnce: Rule = { reads: ['show'], find: ({ show = [] }) => listTwice('show', show) };

/** The rule that the request of a hand-off announces an attribute once. */
const announcedOnce: Rule = {
  reads: ['policy'],
  find: ({ policy }) => listTwice('policy.handoffs.attributes', policy.handoffs?.attributes ?? []),
};

export const idRules: readonly Rule[] = [
  ownIds('dimensions', (document) =>
    collectCriterionPaths(document).map(({ path, criterion }) => ({ path: `${path}.id`, id: criterion.id })),
  ),
  ownIds('disqualifiers', ({ disqualifiers }) => listed('disqualifiers', disqualifiers)),
  ownIds('lanes', ({ lanes }) => listed('lanes', lanes)),
  reservedLane,
  ownIds('answering', ({ answering }) => listed('answering.contradictions', answering?.contradictions)),
  ownIds('efforts', ({ efforts }) => listed('efforts', efforts)),
  shownOnce,
  announcedOnce,
];
