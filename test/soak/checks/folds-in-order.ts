import { canonical } from '../../../shared/dynamodb/index.ts';
import { evolve, isClosed, type JudgedEvent, judge, type LeadState } from '../../../shared/lead/index.ts';
import { noFacts, type ScoringModel } from '../../../shared/scoring/index.ts';
import { leadOf } from '../load/offer.ts';
import { leadEventIn } from './accepted.ts';
import type { Finding } from './finding.ts';
import type { Settled } from './settled.ts';
import { endOf, type Stored, stateOf } from './stored.ts';

const inTime = (a: JudgedEvent, b: JudgedEvent): number => {
  const [left, right] = [a, b].map(({ metadata }) => `${metadata.occurredAt} ${metadata.eventId}`);
  return (left ?? '') < (right ?? '') ? -1 : 1;
};

const isHeldByHysteresis = ({ tiers }: ScoringModel['document'], score: number): boolean =>
  [tiers.excellent, tiers.good, tiers.risky].some(
    (bound) => score < bound && score >= bound - tiers.hysteresis,
  );

/** Names of what differs between a stored state and what its events come to in the order of time. */
const differing = (model: ScoringModel, stored: LeadState, events: readonly JudgedEvent[]): string[] => {
  const facts = [...events].sort(inTime).reduce(evolve, noFacts);
  const { standing } = judge(model, facts, 'none');
  const names = (['stage', 'score', 'coverage'] as const).filter((name) => stored[name] !== standing[name]);
  const isOtherTier = stored.tier !== standing.tier && !isHeldByHysteresis(model.document, stored.score);
  return [
    ...(canonical(stored.facts) === canonical(facts) ? [] : ['facts']),
    ...names,
    ...(isOtherTier ? ['tier'] : []),
  ];
};

/**
 * I3, and I13 where leads were merged: what a producer said of a lead, and of all that were merged into it, gives the
 * stored state when it is folded in the order of time, without a ledger and without a batch.
 */
export const checkFoldsInOrder = (
  stored: Stored,
  settled: readonly Settled[],
  modelOf: (version: string) => ScoringModel,
): Finding[] => {
  const recorded = settled.filter(({ isRecorded }) => isRecorded).map(({ event }) => event.offer);
  const byEnd = Map.groupBy(recorded, (offer) => endOf(stored, leadOf(offer))?.leadId);
  return [...stored.leads.values()].flatMap((lead) => {
    const state = stateOf(lead);
    if (state === undefined || isClosed(state)) return [];
    const events = (byEnd.get(lead.leadId) ?? []).map(leadEventIn) as JudgedEvent[];
    const names = differing(modelOf(state.modelVersion), state, events);
    if (names.length === 0) return [];
    const isMerged = new Set(events.map(({ data }) => data.leadId)).size > 1;
    const sentence = `its ${events.length} events come to something else in the order of time: ${names.join(', ')}`;
    return [{ invariant: isMerged ? 'I13' : 'I3', about: lead.leadId, sentence }];
  });
};
