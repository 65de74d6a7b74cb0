import type { Tier } from '../../../events/index.ts';
import { canonical } from '../../../shared/dynamodb/index.ts';
import { evolve, type JudgedEvent, judge, type LeadState } from '../../../shared/lead/index.ts';
import { type Facts, noFacts, type ScoringModel } from '../../../shared/scoring/index.ts';
import { type ToldEvent, toldIn } from './arrivals.ts';
import type { Evidence } from './evidence.ts';
import { entriesByIdentity } from './ledger-index.ts';
import { aliasesOf, leadIdOf, textOf } from './reading.ts';

/** Of the events with one identity the one that was recorded. */
const recordedOf = (
  evidence: Evidence,
  told: readonly ToldEvent[],
  aliases: readonly string[],
): ToldEvent[] => {
  const [entry] = entriesByIdentity(evidence).get(told[0]?.identity ?? '') ?? [];
  if (entry === undefined || !aliases.includes(leadIdOf(entry))) return [];
  const stored = `${textOf(entry, 'type')} ${textOf(entry, 'source')} ${textOf(entry, 'detail')}`;
  return told.filter(({ detail }) => detail === stored);
};

const isSignal = ({ type }: ToldEvent['event']): boolean =>
  !['LeadsMerged', 'LeadErasureRequested', 'LeadRescoreRequested'].includes(type);

/** The facts that the events of a lead and of all that became it give a fresh lead, in the order of what happened. */
const factsOf = (evidence: Evidence, leadId: string): Facts => {
  const aliases = aliasesOf(evidence, leadId);
  const events = [...toldIn(evidence).values()]
    .flatMap((told) => recordedOf(evidence, told, aliases))
    .map(({ event, identity }) => ({ event, order: `${event.metadata.occurredAt} ${identity}` }))
    .filter(({ event }) => isSignal(event))
    .sort((a, b) => (a.order < b.order ? -1 : 1));
  return events.reduce((facts, { event }) => evolve(facts, event as JudgedEvent), noFacts);
};

const ranks: readonly Tier[] = ['none', 'risky', 'good', 'excellent'];

/** The tiers that a score may have: the one that it reaches, and above it those that it has not lost yet. */
const tiersFor = ({ document: { tiers } }: ScoringModel, score: number, isOut: boolean): readonly Tier[] => {
  if (isOut) return ['none'];
  const boundOf = (tier: Tier) => (tier === 'none' ? 0 : tiers[tier]);
  const reached = ranks.findLast((tier) => score >= boundOf(tier)) ?? 'none';
  return ranks.filter(
    (tier) =>
      tier === reached ||
      (ranks.indexOf(tier) > ranks.indexOf(reached) && score >= boundOf(tier) - tiers.hysteresis),
  );
};

const differences = (
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

/** Holds a lead against a fresh one that is given the same events once and in order. */
export const heldAgainstFresh = (evidence: Evidence, state: LeadState): string[] => {
  const model = evidence.models.get(state.modelVersion);
  if (model === undefined) return [`${state.leadId} was judged by ${state.modelVersion}, which nobody knows`];
  const facts = factsOf(evidence, state.leadId);
  const { stage, score, coverage, status, dimensions } = judge(model, facts, state.tier).standing;
  const tiers = tiersFor(model, score, status === 'disqualified');
  return [
    ...differences(state.leadId, { facts, stage, score, coverage, status, dimensions }, { ...state }),
    ...(tiers.includes(state.tier)
      ? []
      : [`${state.leadId} has tier ${state.tier}; with score ${score} it may have ${tiers.join(' or ')}`]),
  ];
};
