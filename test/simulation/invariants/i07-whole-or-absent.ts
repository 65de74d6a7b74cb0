import type { Evidence, Invariant, Written } from './evidence.ts';
import { numberOf } from './reading.ts';

interface Commit {
  readonly name: string;
  readonly states: readonly Written[];
  readonly entries: readonly Written[];
}

const isOfLedger = ({ table, key, before }: Written): boolean =>
  table === 'leads' && (key.sk === 'STATE' || (key.sk.startsWith('EVENT#') && before === undefined));

/** What was written of a lead at one step. */
const commitsIn = ({ writes }: Evidence): Commit[] =>
  [...Map.groupBy(writes.filter(isOfLedger), ({ step, key }) => `${key.pk} at step ${step}`)].map(
    ([name, all]) => ({
      name,
      states: all.filter(({ key }) => key.sk === 'STATE'),
      entries: all.filter(({ key }) => key.sk !== 'STATE'),
    }),
  );

const torn = ({ name, states, entries }: Commit): string[] => {
  if (states.length !== 1 || entries.length === 0) {
    return [`${name}: ${states.length} states and ${entries.length} entries were written together`];
  }
  const version = numberOf(states[0]?.after, 'version');
  const places = entries.map(({ after }) => `${numberOf(after, 'version')}.${numberOf(after, 'ordinal')}`);
  const expected = entries.map((_, ordinal) => `${version}.${ordinal}`);
  return places.toSorted().join() === expected.toSorted().join()
    ? []
    : [`${name}: version ${version} was written with the entries ${places.join(', ')}`];
};

export const wholeOrAbsent: Invariant = {
  id: 'I7',
  says: 'a crash at any await leaves a transaction whole or absent, and a retry converges',
  check: (evidence) => commitsIn(evidence).flatMap(torn),
};
