import type { History, Invariant, Written } from './evidence.ts';
import { isRearming } from './is-rearming.ts';
import { groupLeads, type LeadItems, numberOf } from './reading.ts';

/** Finds versions whose entries are not counted from 0 without gaps. */
const findTornVersions = ({ leadId, entries, state }: LeadItems): string[] => {
  if (state === undefined) return entries.length > 0 ? [`${leadId} has entries and no state`] : [];
  return [...Map.groupBy(entries, (item) => numberOf(item, 'version'))].flatMap(([version, items]) => {
    const ordinals = items.map((item) => numberOf(item, 'ordinal'));
    return ordinals.join() === items.map((_, i) => i).join()
      ? []
      : [`${leadId}: version ${version} has the entries ${ordinals.join(', ')}`];
  });
};

interface Commit {
  readonly name: string;
  readonly states: readonly Written[];
  readonly entries: readonly Written[];
}

const isOfLedger = (write: Written): boolean => {
  const { table, key, before } = write;
  if (table !== 'leads') return false;
  return key.sk === 'STATE' ? !isRearming(write) : key.sk.startsWith('EVENT#') && before === undefined;
};

/** Returns the writes to the ledger of each lead at each step. */
const groupCommits = ({ writes }: History): Commit[] =>
  [...Map.groupBy(writes.filter(isOfLedger), ({ step, key }) => `${key.pk} at step ${step}`)].map(
    ([name, all]) => ({
      name,
      states: all.filter(({ key }) => key.sk === 'STATE'),
      entries: all.filter(({ key }) => key.sk !== 'STATE'),
    }),
  );

const findTornCommit = ({ name, states, entries }: Commit): string[] => {
  if (states.length !== 1 || entries.length === 0) {
    return [`${name}: ${states.length} states and ${entries.length} entries were written together`];
  }
  const version = numberOf(states[0]?.after, 'version');
  const positions = entries.map(({ after }) => `${numberOf(after, 'version')}.${numberOf(after, 'ordinal')}`);
  const expected = entries.map((_, ordinal) => `${version}.${ordinal}`);
  return positions.toSorted().join() === expected.toSorted().join()
    ? []
    : [`${name}: version ${version} was written with the entries ${positions.join(', ')}`];
};

export const wholeOrAbsent: Invariant = {
  id: 'I7',
  rule: 'a crash at any await leaves a transaction whole or absent, and a retry converges',
  check: (evidence) => [...groupLeads(evidence).values()].flatMap(findTornVersions),
  checkHistory: (history) => groupCommits(history).flatMap(findTornCommit),
};
