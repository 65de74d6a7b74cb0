import type { Item } from '../../shared/dynamodb/index.ts';
import { findLeadId, hashContentKey } from './content.ts';
import type { Evidence, History, Invariant } from './evidence.ts';
import { memoize } from './memoize.ts';
import { findAliases, isEntry, parseLeadId, parseStates, textOf } from './reading.ts';
import { groupSent } from './sent-events.ts';

/** The leads that were erased, with all that were merged into them. */
const findErased = memoize(
  (evidence): ReadonlySet<string> =>
    new Set(
      [...parseStates(evidence).values()]
        .filter(({ status }) => status === 'erased')
        .flatMap(({ leadId }) => findAliases(evidence, leadId)),
    ),
);

const listWords = (item: Item): string =>
  Object.entries(item)
    .map(([name, { S, N, B }]) => `${name}=${S ?? N ?? (B && Buffer.from(B).toString('latin1'))}`)
    .join('\n');

const isPersonal = (item: Item): boolean => {
  if (/secret|facts=|tier=|score=|track=/i.test(listWords(item))) return true;
  if (textOf(item, 'sk').startsWith('HANDOFF#')) return textOf(item, 'handoffStatus') !== 'erased';
  // An entry that closes a lead was not judged. It holds ids and nothing else.
  return isEntry(item) && item.standing !== undefined;
};

const findInLeads = (evidence: Evidence): string[] =>
  evidence.leads
    .filter((item) => findErased(evidence).has(parseLeadId(item)) && isPersonal(item))
    .map((item) => `${parseLeadId(item)} is erased, and ${textOf(item, 'sk')} still holds personal data`);

const findInQuarantine = (evidence: Evidence): string[] => {
  const erased = findErased(evidence);
  const ids = new Set(
    [...evidence.arrivals.values()]
      .filter(({ body }) => erased.has(findLeadId(body) ?? ''))
      .map(({ key }) => hashContentKey(key)),
  );
  return evidence.quarantine
    .filter((item) => ids.has(textOf(item, 'pk')) || erased.has(textOf(item, 'leadId')))
    .filter((item) => /secret/.test(listWords(item)) || item.body !== undefined || item.leadId !== undefined)
    .map(
      (item) =>
        `the quarantine still holds data of an erased lead: ${textOf(item, 'pk')} ${textOf(item, 'sk')}`,
    );
};

/** Returns the leads that merges have united, by each of them, whichever merge came first. */
const collectUnions = (evidence: Evidence): ReadonlyMap<string, ReadonlySet<string>> => {
  const unions = new Map<string, ReadonlySet<string>>();
  const unionOf = (leadId: string) => unions.get(leadId) ?? new Set([leadId]);
  for (const { event } of [...groupSent(evidence).values()].flat()) {
    if (event.type !== 'LeadsMerged') continue;
    const union = new Set([...unionOf(event.data.leadId), ...unionOf(event.data.mergedLeadId)]);
    for (const leadId of union) unions.set(leadId, union);
  }
  return unions;
};

/**
 * Finds leads that were to be erased and are not, with all that merges have united with them, and erased leads that
 * were not.
 */
const findNotAsRequested = (evidence: Evidence): string[] => {
  const unions = collectUnions(evidence);
  const requested = new Set(
    [...groupSent(evidence).values()]
      .flat()
      .filter(({ event }) => event.type === 'LeadErasureRequested')
      .flatMap(({ event: { data } }) => [...(unions.get(data.leadId) ?? [data.leadId])]),
  );
  const erased = findErased(evidence);
  return [...parseStates(evidence).keys()].flatMap((leadId) => {
    if (requested.has(leadId) === erased.has(leadId)) return [];
    return requested.has(leadId)
      ? [`${leadId} was to be erased, and is not`]
      : [`${leadId} is erased, and nobody requested it`];
  });
};

/** Finds closed leads that were opened again. */
const findBroughtBack = ({ writes }: History): string[] =>
  writes
    .filter(({ key }) => key.sk === 'STATE')
    .filter(({ before, after }) =>
      ['erased', 'merged'].some(
        (status) => textOf(before, 'status') === status && textOf(after, 'status') !== status,
      ),
    )
    .map(({ key, step }) => `${key.pk} was brought back at step ${step}`);

export const erasedIsGone: Invariant = {
  id: 'I10',
  rule: 'after an erasure no personal data of the lead is left in the tables, and a late event does not bring it back',
  check: (evidence) => [
    ...findInLeads(evidence),
    ...findInQuarantine(evidence),
    ...findNotAsRequested(evidence),
  ],
  checkHistory: findBroughtBack,
};
