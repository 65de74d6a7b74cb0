import type { Evidence, History, Invariant } from './evidence.ts';
import {
  entriesByIdentity,
  isEntry,
  isOfClock,
  isOfRescoring,
  parseItemIdentity,
  textOf,
} from './reading.ts';
import { findEntry, groupSent, isErased, isRecorded } from './sent-events.ts';

const findRepeated = (evidence: Evidence): string[] =>
  [...entriesByIdentity(evidence)]
    .filter(([, entries]) => entries.length > 1)
    .map(([identity, entries]) => {
      const keys = entries.map((item) => `${textOf(item, 'pk')} ${textOf(item, 'sk')}`);
      return `the event ${identity} has ${entries.length} entries: ${keys.join('; ')}`;
    });

const findMissing = (evidence: Evidence): string[] =>
  [...groupSent(evidence)].flatMap(([identity, sent]) =>
    sent.some(({ arrival }) => arrival.fate === 'recorded') && !entriesByIdentity(evidence).has(identity)
      ? [`the event ${identity} has no entry`]
      : [],
  );

const findUnknown = (evidence: Evidence): string[] =>
  evidence.leads
    .filter((item) => isEntry(item) && !isOfClock(item) && !isOfRescoring(item))
    .map(parseItemIdentity)
    .filter((identity) => !groupSent(evidence).has(identity))
    .map((identity) => `there is an entry of ${identity}, which nobody sent`);

/** Finds entries whose content differs from what was sent under their identity. */
const findAltered = (evidence: Evidence): string[] =>
  [...groupSent(evidence)].flatMap(([identity, sent]) => {
    const [entry] = entriesByIdentity(evidence).get(identity) ?? [];
    if (entry === undefined || isErased(entry) || sent.some((one) => isRecorded(evidence, one))) return [];
    return [`the entry of ${identity} has another content than was sent`];
  });

/** Finds contests of which not exactly one event is recorded. */
const findUndecided = (evidence: Evidence): string[] => {
  const contests = Map.groupBy([...groupSent(evidence).values()].flat(), ({ arrival }) => arrival.contest);
  return [...contests].flatMap(([contest, rivals]) => {
    if (contest === undefined || rivals.some((one) => isErased(findEntry(evidence, one)))) return [];
    const recorded = rivals.filter((one) => isRecorded(evidence, one)).length;
    return recorded === 1 ? [] : [`${recorded} of the ${rivals.length} events of ${contest} are recorded`];
  });
};

/** Finds entries that were written more than once; only an erasure may change an entry. */
const findRewritten = ({ writes }: History): string[] =>
  writes
    .filter(({ key, before }) => key.sk.startsWith('EVENT#') && before !== undefined)
    .filter(({ after }) => !isErased(after))
    .map(({ key, step }) => `${key.pk} ${key.sk} was written again at step ${step}`);

export const oneEntry: Invariant = {
  id: 'I1',
  rule: 'an accepted event has exactly one ledger entry, however often it is delivered',
  check: (evidence) => [
    ...findRepeated(evidence),
    ...findMissing(evidence),
    ...findUnknown(evidence),
    ...findAltered(evidence),
    ...findUndecided(evidence),
  ],
  checkHistory: findRewritten,
};
