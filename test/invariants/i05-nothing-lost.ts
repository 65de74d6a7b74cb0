import { contentKey, hashContentKey } from './content.ts';
import type { Arrival, Evidence, History, Invariant } from './evidence.ts';
import { joinQuarantined } from './reading.ts';
import { findEntry, groupSent, isErased, isQuarantined, isRecorded } from './sent-events.ts';

const mostShown = 200;
const shorten = (text: string): string => (text.length > mostShown ? `${text.slice(0, mostShown)}…` : text);

/** Finds events that must be rejected and are not in the quarantine, unchanged, unless their lead was erased. */
const findUnrejected = (evidence: Evidence): string[] =>
  [...evidence.arrivals.values()].flatMap((arrival: Arrival) => {
    if (arrival.fate !== 'rejected') return [];
    if (!isQuarantined(evidence, arrival))
      return [`rejected, but not in the quarantine: ${shorten(arrival.key)}`];
    const body = joinQuarantined(evidence).get(hashContentKey(arrival.key));
    return body === undefined || contentKey(body) === arrival.key
      ? []
      : [`in the quarantine, but not as it came: ${shorten(arrival.key)}`];
  });

/** Finds well-formed events that are neither recorded nor in the quarantine. */
const findNowhere = (evidence: Evidence): string[] =>
  [...groupSent(evidence).values()]
    .flat()
    .filter((sent) => !isErased(findEntry(evidence, sent)))
    .filter((sent) => !isRecorded(evidence, sent) && !isQuarantined(evidence, sent.arrival))
    .map(({ arrival }) => `neither recorded nor in the quarantine: ${shorten(arrival.key)}`);

/** Finds events in the quarantine that are recorded, or that have no rival. */
const findWronglyRejected = (evidence: Evidence): string[] =>
  [...groupSent(evidence).values()].flatMap((sent) =>
    sent
      .filter(({ arrival: { fate, contest } }) => fate === 'recorded' || contest !== undefined)
      .filter((one) => isRecorded(evidence, one) || (sent.length === 1 && one.arrival.contest === undefined))
      .filter(({ arrival }) => isQuarantined(evidence, arrival))
      .map(({ arrival }) => `in the quarantine, but nothing is wrong with it: ${shorten(arrival.key)}`),
  );

const findUnknown = (evidence: Evidence): string[] => {
  const known = new Set([...evidence.arrivals.keys()].map(hashContentKey));
  return [...joinQuarantined(evidence).keys()]
    .filter((id) => !known.has(id))
    .map((id) => `the quarantine holds ${id}, which nobody sent`);
};

const findLeftovers = ({ left }: Evidence): string[] =>
  left.flatMap(({ place, bodies }) =>
    bodies.map((body) => `left in ${place}, though everything has healed: ${shorten(body)}`),
  );

/** Finds messages that were deleted before their events were stored, when the queue no longer has them either. */
const findDeletedTooEarly = ({ lost }: History): string[] =>
  lost.map((body) => `its message was deleted before it was stored: ${shorten(body)}`);

export const nothingLost: Invariant = {
  id: 'I5',
  rule: 'nothing is lost: events received = ledger entries + duplicates + quarantined',
  check: (evidence) => [
    ...findUnrejected(evidence),
    ...findNowhere(evidence),
    ...findWronglyRejected(evidence),
    ...findUnknown(evidence),
    ...findLeftovers(evidence),
  ],
  checkHistory: findDeletedTooEarly,
};
