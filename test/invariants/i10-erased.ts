import type { Item } from '../../shared/dynamodb/index.ts';
import { findLeadId, hashContentKey } from './content.ts';
import type { Evidence, History, Invariant } from './evidence.ts';
import { memoize } from './memoize.ts';
import { findAliases, findSurvivor, isEntry, parseLeadId, parseStates, textOf } from './reading.ts';
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

/** Whether an item names a lead, as only a merge that waits for a decision about an erasure may. */
const namesLead = (item: Item): boolean =>
  item.leadId !== undefined &&
  !(textOf(item, 'code') === 'merge-with-erased' && textOf(item, 'status') !== 'erased');

const findInQuarantine = (evidence: Evidence): string[] => {
  const erased = findErased(evidence);
  const ids = new Set(
    [...evidence.arrivals.values()]
      .filter(({ body }) => erased.has(findLeadId(body) ?? ''))
      .map(({ key }) => hashContentKey(key)),
  );
  return evidence.quarantine
    .filter((item) => ids.has(textOf(item, 'pk')) || erased.has(textOf(item, 'leadId')))
    .filter((item) => /secret/.test(listWords(item)) || item.body !== undefined || namesLead(item))
    .map(
      (item) =>
        `the quarantine still holds data of an erased lead: ${textOf(item, 'pk')} ${textOf(item, 'sk')}`,
    );
};

/** The leads that were forgotten since nothing was heard of them. I14 says whether their time had come. */
const findForgotten = memoize(
  ({ announced }): ReadonlySet<string> =>
    new Set(
      announced
        .filter((event) => event['detail-type'] === 'LeadErased')
        .map(({ detail }) => detail.data as { leadId: string; cause?: string })
        .filter(({ cause }) => cause === 'retention')
        .map(({ leadId }) => leadId),
    ),
);

/** Finds leads that were to be erased and are not, with all that were merged into them, and erased ones that were not. */
const findNotAsRequested = (evidence: Evidence): string[] => {
  const requested = new Set(
    [...groupSent(evidence).values()]
      .flat()
      .filter(({ event }) => event.type === 'LeadErasureRequested')
      .map(({ event }) => event.data.leadId),
  );
  const survivors = new Set(
    [...parseStates(evidence).keys()].map((leadId) => findSurvivor(evidence, leadId)),
  );
  return [...survivors].flatMap((leadId) => {
    const isRequested = findAliases(evidence, leadId).some((alias) => requested.has(alias));
    const isErased = parseStates(evidence).get(leadId)?.status === 'erased';
    if (isRequested === isErased || (isErased && findForgotten(evidence).has(leadId))) return [];
    return isRequested
      ? [`${leadId} was to be erased, and is not`]
      : [`${leadId} is erased, and nobody requested it`];
  });
};

/** Finds what was taken from leads that are not erased. */
const findTakenFromOthers = (evidence: Evidence): string[] => {
  const erased = findErased(evidence);
  return evidence.leads
    .filter((item) => !erased.has(parseLeadId(item)))
    .filter((item) => (isEntry(item) && item.commitment !== undefined) || item.erasedAt !== undefined)
    .map((item) => `${parseLeadId(item)} is not erased, and ${textOf(item, 'sk')} has lost its content`);
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
  rule: 'after an erasure no personal data of the lead is left in the tables, and a late event does not bring it back; nobody is erased without a request',
  check: (evidence) => [
    ...findInLeads(evidence),
    ...findInQuarantine(evidence),
    ...findNotAsRequested(evidence),
    ...findTakenFromOthers(evidence),
  ],
  checkHistory: findBroughtBack,
};
