import type { Tier } from '../../events/index.ts';
import { canonical } from '../../shared/dynamodb/index.ts';
import { evolve, type JudgedEvent, judge, type LeadState, modelTierOf } from '../../shared/lead/index.ts';
import { type Facts, noFacts, type ScoringModel } from '../../shared/scoring/index.ts';
import type { Evidence } from './evidence.ts';
import { memoize } from './memoize.ts';
import { findSurvivor, parseLeadId } from './reading.ts';
import { findEntry, groupSent, isRecorded, type SentEvent } from './sent-events.ts';

const isSignal = ({ type }: SentEvent['event']): boolean =>
  !['LeadsMerged', 'LeadErasureRequested', 'LeadRescoreRequested'].includes(type);

/**
 * Returns facts with the clock of a lead. To what instant time was advanced is no fact, and depends on what was due: so
 * leads are compared at a common instant.
 */
const withClockOf = (facts: Facts, { clock }: Facts): Facts => {
  const { clock: _clock, ...timeless } = facts;
  return clock === undefined ? timeless : { ...timeless, clock };
};

/** Returns the recorded signals, grouped by the lead that survives their leads' merges. */
const signalsBySurvivor = memoize((evidence) => {
  const recorded = [...groupSent(evidence).values()].flat().flatMap((sent) => {
    const entry = findEntry(evidence, sent);
    if (entry === undefined || !isSignal(sent.event) || !isRecorded(evidence, sent)) return [];
    const order = `${sent.event.metadata.occurredAt} ${sent.identity}`;
    return [
      { event: sent.event as JudgedEvent, order, survivor: findSurvivor(evidence, parseLeadId(entry)) },
    ];
  });
  return Map.groupBy(recorded, ({ survivor }) => survivor);
});

/** Folds the events of a lead and of all leads merged into it in the order in which they happened. */
const foldInOrder = (evidence: Evidence, leadId: string): Facts =>
  (signalsBySurvivor(evidence).get(leadId) ?? [])
    .toSorted((a, b) => (a.order < b.order ? -1 : 1))
    .reduce((facts, { event }) => evolve(facts, event), noFacts);

const ranks: readonly Tier[] = ['none', 'risky', 'good', 'excellent'];

/** Returns the tiers that a score may have: the one that it reaches, and those above that hysteresis still allows. */
const listTiers = ({ document: { tiers } }: ScoringModel, score: number, isOut: boolean): readonly Tier[] => {
  if (isOut) return ['none'];
  const boundOf = (tier: Tier) => (tier === 'none' ? 0 : tiers[tier]);
  const reached = ranks.findLast((tier) => score >= boundOf(tier)) ?? 'none';
  return ranks.filter(
    (tier) =>
      tier === reached ||
      (ranks.indexOf(tier) > ranks.indexOf(reached) && score >= boundOf(tier) - tiers.hysteresis),
  );
};

const listDifferences = (
  leadId: string,
  expected: Readonly<Record<string, unknown>>,
  stored: Readonly<Record<string, unknown>>,
): string[] =>
  Object.keys(expected)
    .filter((name) => canonical(expected[name] ?? null) !== canonical(stored[name] ?? null))
    .map(
      (name) =>
        `${leadId} has ${name} ${canonical(stored[name] ?? null)}; the same events give a fresh lead ${canonical(expected[name] ?? null)}`,
    );

/** Compares a lead with a fresh one that is given the same events once and in order. */
export const compareWithFresh = (evidence: Evidence, state: LeadState): string[] => {
  const model = evidence.models.get(state.modelVersion);
  if (model === undefined) return [`${state.leadId} was judged by ${state.modelVersion}, which is unknown`];
  const facts = withClockOf(foldInOrder(evidence, state.leadId), state.facts);
  const held = modelTierOf(state);
  const { stage, score, coverage, status, dimensions, tier } = judge(model, facts, held).standing;
  const tiers = listTiers(model, score, status === 'disqualified');
  return [
    ...listDifferences(state.leadId, { facts, stage, score, coverage, status, dimensions }, { ...state }),
    ...(state.overridden === undefined ? [] : listDifferences(state.leadId, { tier }, { ...state })),
    ...(tiers.includes(held)
      ? []
      : [`${state.leadId} has tier ${held}; with score ${score} it may have ${tiers.join(' or ')}`]),
  ];
};
