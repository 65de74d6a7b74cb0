import { contentKey } from '../load/entry.ts';
import { isYearsAhead } from './ahead.ts';
import { type ToldEvent, toldIn } from './arrivals.ts';
import type { Arrival, Evidence, Invariant } from './evidence.ts';
import { entriesByIdentity } from './ledger-index.ts';
import { quarantinedIn, quarantineIdOf, textOf } from './reading.ts';

const short = ({ key }: Arrival): string => (key.length > 200 ? `${key.slice(0, 200)}…` : key);

const isQuarantined = (evidence: Evidence, { key }: Arrival): boolean =>
  quarantinedIn(evidence).has(quarantineIdOf(key));

/** What must be rejected is in the quarantine, whole, unless its lead was erased. */
const rejected = (evidence: Evidence): string[] =>
  [...evidence.arrivals.values()].flatMap((arrival) => {
    if (arrival.fate !== 'rejected') return [];
    if (!isQuarantined(evidence, arrival)) return [`rejected, but not in the quarantine: ${short(arrival)}`];
    const body = quarantinedIn(evidence).get(quarantineIdOf(arrival.key));
    return body === undefined || contentKey(body) === arrival.key
      ? []
      : [`in the quarantine, but not as it came: ${short(arrival)}`];
  });

/** What the ledger holds of the events with one identity; nothing, where it was erased. */
const storedDetail = (evidence: Evidence, told: readonly ToldEvent[]): string | undefined => {
  const [entry] = entriesByIdentity(evidence).get(told[0]?.identity ?? '') ?? [];
  if (entry === undefined || entry.commitment !== undefined) return undefined;
  return `${textOf(entry, 'type')} ${textOf(entry, 'source')} ${textOf(entry, 'detail')}`;
};

/** Of events with one identity one is recorded, and the others, which say something else, are in the quarantine. */
const unsettled = (evidence: Evidence, told: readonly ToldEvent[]): string[] => {
  const [entry] = entriesByIdentity(evidence).get(told[0]?.identity ?? '') ?? [];
  // Of what was erased nobody can say what it said: then any of them may be the recorded one.
  if (entry?.commitment !== undefined) return [];
  const stored = storedDetail(evidence, told);
  return told
    .filter(({ arrival, detail }) => detail !== stored && !isQuarantined(evidence, arrival))
    .map(({ arrival }) => `neither recorded nor in the quarantine: ${short(arrival)}`);
};

/** The quarantine holds nothing that is recorded. */
const wronglyRejected = (evidence: Evidence): string[] =>
  [...toldIn(evidence).values()].flatMap((told) =>
    told
      .filter(({ detail }) => told.length === 1 || detail === storedDetail(evidence, told))
      .filter(({ arrival }) => arrival.fate === 'recorded' && isQuarantined(evidence, arrival))
      .map(({ arrival }) => `in the quarantine, but nothing is wrong with it: ${short(arrival)}`),
  );

const fromNowhere = (evidence: Evidence): string[] => {
  const known = new Set([...evidence.arrivals.keys()].map(quarantineIdOf));
  return [...quarantinedIn(evidence).keys()]
    .filter((id) => !known.has(id))
    .map((id) => `the quarantine holds ${id}, which never came in`);
};

/** A message is deleted only when its event is kept: from then on nobody else has it. */
const deletedTooEarly = ({ lost }: Evidence): string[] =>
  lost.map((body) => `its message was deleted before it was kept: ${body.slice(0, 300)}`);

const left = ({ left: places }: Evidence): string[] =>
  places.flatMap(({ place, bodies }) =>
    bodies
      .filter((body) => !(place === 'hand-off' && isYearsAhead(body)))
      .map((body) => `left in ${place}, though everything has healed: ${body.slice(0, 300)}`),
  );

export const nothingLost: Invariant = {
  id: 'I5',
  says: 'nothing is lost: events received = ledger entries + duplicates + quarantined',
  check: (evidence) => [
    ...rejected(evidence),
    ...[...toldIn(evidence).values()].flatMap((told) => unsettled(evidence, told)),
    ...wronglyRejected(evidence),
    ...fromNowhere(evidence),
    ...deletedTooEarly(evidence),
    ...left(evidence),
  ],
};
