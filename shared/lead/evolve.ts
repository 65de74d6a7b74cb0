import type { FactValue, Outcome } from '../../events/index.ts';
import {
  type Dated,
  type Facts,
  instantOf,
  noFacts,
  normaliseValue,
  type OutcomeCounts,
  type OutcomeDetails,
} from '../scoring/index.ts';
import { withCount, withTotal } from './activity-counts.ts';
import { withAnswer } from './answers.ts';
import { prepareConsent, withConsent } from './consent.ts';
import { forgetOldDays } from './daily-counts.ts';
import { withDeal } from './deals.ts';
import type { JudgedEvent, Merging } from './lead-event.ts';
import { mergeFacts } from './merge-facts.ts';
import { normaliseFacts } from './normalise-facts.ts';
import { omitUndefined } from './omit-undefined.ts';
import { withLift, withOverride } from './override.ts';
import { pickLater } from './pick-later.ts';
import type { AnswersSignal, SignalEvent } from './signal.ts';
import { withStage } from './stage-statements.ts';
import { withExpiry, withVerdict } from './verdicts.ts';

type ActivitySignal = Extract<SignalEvent, { type: 'LeadActivityRecorded' }>;

const withDated = (
  bag: Facts['attributes'],
  values: readonly (readonly [name: string, value: FactValue])[],
  at: number,
): Facts['attributes'] => {
  const next: Record<string, Dated<FactValue>> = { ...bag };
  for (const [name, value] of values) {
    next[name] = pickLater(Object.hasOwn(bag, name) ? bag[name] : undefined, [normaliseValue(value), at]);
  }
  return next;
};

/**
 * Folds answers into those that are known, as `evolve` does with an event that brings them.
 *
 * @param at the instant of the event, in milliseconds since 1970
 */
export const withAnswers = (
  before: Facts['answers'],
  answers: AnswersSignal['data']['answers'],
  at: number,
): Facts['answers'] => {
  const next = { ...before };
  for (const [question, { value, wording }] of Object.entries(answers)) {
    next[question] = withAnswer(
      Object.hasOwn(before, question) ? before[question] : undefined,
      normaliseValue(value),
      at,
      wording,
    );
  }
  return next;
};

const withActivity = (
  activities: Facts['activities'],
  { activity, count = 0, total }: ActivitySignal['data'],
  at: number,
): Facts['activities'] => {
  const before = Object.hasOwn(activities, activity) ? activities[activity] : undefined;
  const after = total === undefined ? withCount(before, count, at) : withTotal(before, total, at);
  return after === undefined || after === before ? activities : { ...activities, [activity]: after };
};

const withOutcome = (
  outcomes: Facts['outcomes'],
  outcome: Outcome,
  details: OutcomeDetails,
  at: number,
): Facts['outcomes'] => {
  const before = outcomes[outcome];
  const [latest, last] = pickLater(before && [before[2], before[1]], [details, at]);
  const counts: OutcomeCounts = [(before?.[0] ?? 0) + 1, last, latest];
  return { ...outcomes, [outcome]: counts };
};

const isEnd = (outcome: Outcome): outcome is 'won' | 'lost' => outcome === 'won' || outcome === 'lost';

const fold = (facts: Facts, event: SignalEvent, at: number): Facts => {
  switch (event.type) {
    case 'LeadProfileUpdated': {
      const { leadId, attributes } = event.data;
      const next = { ...facts, attributes: withDated(facts.attributes, Object.entries(attributes), at) };
      return facts.consent === undefined ? next : withConsent(next, leadId, attributes, at);
    }
    case 'LeadAnswersRecorded':
      return { ...facts, answers: withAnswers(facts.answers, event.data.answers, at) };
    case 'LeadActivityRecorded':
      return { ...facts, activities: withActivity(facts.activities, event.data, at) };
    case 'LeadStageChanged': {
      const { dealId, stage } = event.data;
      const status = stage === 'customer' ? 'won' : 'open';
      return { ...withStage(facts, event.data, at), ...withDeal(facts, dealId, status, at) };
    }
    case 'LeadOutcomeRecorded': {
      const { outcome, dealId, amount, reason } = event.data;
      return {
        ...facts,
        outcomes: withOutcome(facts.outcomes, outcome, omitUndefined({ amount, reason }), at),
        ...(isEnd(outcome) && withDeal(facts, dealId, outcome, at)),
      };
    }
    case 'HandoffAccepted':
      return withVerdict(facts, 'accepted', event.data, at);
    case 'HandoffRejected':
      return withVerdict(facts, 'rejected', event.data, at);
    case 'LeadOverridden':
      return withOverride(facts, event.data, at);
    case 'LeadOverrideLifted':
      return withLift(facts, at);
    case 'LeadIdentified':
      return facts;
    default:
      return event satisfies never;
  }
};

const withSignal = (facts: Facts, event: SignalEvent): Facts => {
  const at = Date.parse(event.metadata.occurredAt);
  const { clock, ...next } = fold(facts, event, at);
  const seen = Math.max(facts.seen, at);
  return {
    ...next,
    seen,
    ...(clock !== undefined && clock > seen && { clock }),
    activities: forgetOldDays(next.activities, seen),
  };
};

/** Merges the facts of another lead in. Of one that is unknown, or one already, only the merge itself is a fact. */
const withMerged = (facts: Facts, { data, metadata, merged }: Merging): Facts => {
  const others = merged === undefined ? noFacts : normaliseFacts(merged);
  const { leadId, mergedLeadId } = data;
  const [ours, theirs] = prepareConsent(
    [facts, others],
    [leadId, mergedLeadId, Date.parse(metadata.occurredAt)],
  );
  return merged === undefined && ours === facts ? facts : mergeFacts(ours, theirs);
};

/** Advances the time of a lead. Nothing was heard of it, so that `seen` stays. */
const withTime = (facts: Facts, occurredAt: string): Facts => {
  const at = Date.parse(occurredAt);
  return at <= instantOf(facts) ? facts : { ...facts, clock: at };
};

/**
 * Folds an event into the facts. Folding is commutative: every part is a sum, a maximum or a latest value, so the same
 * events give the same facts in whatever order (I3), and so do those of a lead that is merged in (I13). Each event must
 * be folded only once; the ledger ensures that. Merging and rescoring add no fact about a lead and don't move its
 * clock; time that is advanced adds none either, and moves the clock.
 */
export const evolve = (facts: Facts, event: JudgedEvent): Facts => {
  switch (event.type) {
    case 'LeadsMerged':
      return withMerged(facts, event);
    case 'LeadRescoreRequested':
      return facts;
    case 'LeadClockAdvanced':
      return withTime(facts, event.metadata.occurredAt);
    case 'HandoffExpired': {
      const { metadata, data } = event;
      const expired = withExpiry(facts, data.handoffId, Date.parse(metadata.occurredAt));
      return withTime(expired, metadata.occurredAt);
    }
    default:
      return withSignal(facts, event);
  }
};
