import { evolve, type JudgedEvent, type LeadEvent } from '../lead/index.ts';
import { type Facts, noFacts } from '../scoring/index.ts';

type Merging = Extract<LeadEvent, { type: 'LeadsMerged' }>;

/** Returns whether an event is folded by itself: a merge comes after all others, and an erasure has no facts. */
const isFolded = (event: LeadEvent): event is Exclude<JudgedEvent, Merging> =>
  event.type !== 'LeadsMerged' && event.type !== 'LeadErasureRequested';

const fold = (facts: Facts, event: LeadEvent): Facts => (isFolded(event) ? evolve(facts, event) : facts);

/** Folds the facts of leads that are one by merges, each by its own events first, as if the merges came last (I13). */
const foldMerged = (events: readonly LeadEvent[], merges: readonly Merging[]): Facts => {
  const byLead = new Map<string, Facts>();
  for (const event of events) {
    const { leadId } = event.data;
    byLead.set(leadId, fold(byLead.get(leadId) ?? noFacts, event));
  }
  const mergedInto = new Map<string, string>();
  const find = (leadId: string): string => {
    let survivor = leadId;
    for (let into = mergedInto.get(survivor); into !== undefined; into = mergedInto.get(survivor))
      survivor = into;
    return survivor;
  };
  let last = merges[0]?.data.leadId ?? '';
  for (const merge of merges) {
    const [survivor, merged] = [find(merge.data.leadId), find(merge.data.mergedLeadId)];
    const others = merged === survivor ? undefined : byLead.get(merged);
    const { merged: _merged, ...plain } = merge;
    byLead.set(
      survivor,
      evolve(byLead.get(survivor) ?? noFacts, others === undefined ? plain : { ...plain, merged: others }),
    );
    if (merged !== survivor) mergedInto.set(merged, survivor);
    last = survivor;
  }
  return byLead.get(find(last)) ?? noFacts;
};

const compareInstants = (a: LeadEvent, b: LeadEvent): number =>
  a.metadata.occurredAt < b.metadata.occurredAt ? -1 : a.metadata.occurredAt > b.metadata.occurredAt ? 1 : 0;

/**
 * Folds the events of a lead, and of all leads that are one with it by merges, to the facts that the lead has after them.
 * The order of the events doesn't matter (I3), but for merges, which are ordered here.
 */
export const foldEvents = (events: readonly LeadEvent[]): Facts => {
  const merges = events.filter((event) => event.type === 'LeadsMerged');
  return merges.length === 0
    ? events.reduce(fold, noFacts)
    : foldMerged(events, merges.toSorted(compareInstants));
};
