import { toldIn } from './arrivals.ts';
import type { Evidence, Invariant, Written } from './evidence.ts';
import { entriesByIdentity } from './ledger-index.ts';
import { identityIn, isEntry, textOf } from './reading.ts';

const keyOf = ({ key }: Written): string => `${key.pk} ${key.sk}`;

/** An entry is written once; after that nothing may happen to it but its erasure. */
const rewritten = ({ writes }: Evidence): string[] =>
  writes
    .filter((write) => write.key.sk.startsWith('EVENT#') && write.before !== undefined)
    .filter(({ after }) => after?.commitment === undefined)
    .map((write) => `${keyOf(write)} was written again at step ${write.step}`);

const repeated = (evidence: Evidence): string[] =>
  [...entriesByIdentity(evidence)]
    .filter(([, entries]) => entries.length > 1)
    .map(([identity, entries]) => {
      const places = entries.map((item) => `${textOf(item, 'pk')} ${textOf(item, 'sk')}`);
      return `the event ${identity} has ${entries.length} entries: ${places.join('; ')}`;
    });

const missing = (evidence: Evidence): string[] => {
  const entries = entriesByIdentity(evidence);
  return [...toldIn(evidence).values()].flatMap((told) =>
    told.some(({ arrival }) => arrival.fate === 'recorded') && !entries.has(told[0]?.identity ?? '')
      ? [`the event ${told[0]?.identity} has no entry`]
      : [],
  );
};

const unknown = (evidence: Evidence): string[] =>
  [...evidence.leads]
    .filter(isEntry)
    .map(identityIn)
    .filter((identity) => !toldIn(evidence).has(identity))
    .map((identity) => `there is an entry of ${identity}, which never came in`);

export const oneEntry: Invariant = {
  id: 'I1',
  says: 'an accepted event has exactly one ledger entry, however often it is delivered',
  check: (evidence) => [
    ...rewritten(evidence),
    ...repeated(evidence),
    ...missing(evidence),
    ...unknown(evidence),
  ],
};
