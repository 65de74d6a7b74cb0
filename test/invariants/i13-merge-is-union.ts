import type { Evidence, Invariant } from './evidence.ts';
import { compareWithFresh } from './fresh-lead.ts';
import { findAliases, findSurvivor, listOpenLeads, parseStates, textOf } from './reading.ts';
import { groupSent, isQuarantined, isRecorded } from './sent-events.ts';

const compareUnions = (evidence: Evidence): string[] =>
  listOpenLeads(evidence)
    .filter(({ leadId }) => findAliases(evidence, leadId).length > 1)
    .flatMap((state) => compareWithFresh(evidence, state));

/** Finds merges that are recorded, and in the quarantine all the same. */
const findRecordedTwice = (evidence: Evidence): string[] =>
  [...groupSent(evidence).values()]
    .flat()
    .filter((sent) => sent.event.type === 'LeadsMerged' && isRecorded(evidence, sent))
    .filter(({ arrival }) => isQuarantined(evidence, arrival))
    .map(({ identity }) => `the merge ${identity} is recorded and in the quarantine`);

/** Finds merges that were rejected because of an erased lead, although there is none, or the leads are one. */
const findWronglyRejected = (evidence: Evidence): string[] =>
  evidence.quarantine
    .filter((item) => textOf(item, 'code') === 'merge-with-erased' && item.leadId !== undefined)
    .filter((item) => {
      const [survivor, merged] = ['leadId', 'mergedLeadId'].map((name) =>
        findSurvivor(evidence, textOf(item, name)),
      );
      const isErased = (leadId = '') => parseStates(evidence).get(leadId)?.status === 'erased';
      return survivor === merged || !(isErased(survivor) || isErased(merged));
    })
    .map(
      (item) => `the merge of ${textOf(item, 'mergedLeadId')} into ${textOf(item, 'leadId')} was rejected`,
    );

export const mergeIsUnion: Invariant = {
  id: 'I13',
  rule: 'a merge gives the state of the union of the events of both leads, also when some come late; a merge with an erased lead is quarantined',
  check: (evidence) => [
    ...compareUnions(evidence),
    ...findRecordedTwice(evidence),
    ...findWronglyRejected(evidence),
  ],
};
