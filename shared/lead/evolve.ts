import type { FactValue, Outcome } from '../../events/index.ts';
import {
  type ActivityCounts,
  type Dated,
  dayOf,
  type Facts,
  longestWindow,
  type OutcomeCounts,
  type OutcomeDetails,
} from '../scoring/index.ts';
import { withAnswer } from './answers.ts';
import { inOrder } from './in-order.ts';
import type { AnswersSignal, SignalEvent } from './signal.ts';

/** Counts by day are kept this long, in days; no window looks back further. */
export const dayHorizon = longestWindow + 1;

/**
 * The later of two dated values. Of one instant, the one whose JSON sorts last: arbitrary, but the same in
 * whatever order they arrive.
 */
const later = <T>(a: Dated<T> | undefined, b: Dated<T>): Dated<T> => {
  if (a === undefined || b[1] > a[1]) return b;
  if (b[1] < a[1]) return a;
  return inOrder(b[0]) > inOrder(a[0]) ? b : a;
};

const withDated = (
  bag: Facts['attributes'],
  values: readonly (readonly [name: string, value: FactValue])[],
  at: number,
): Facts['attributes'] => {
  const next: Record<string, Dated<FactValue>> = { ...bag };
  for (const [name, value] of values) {
    next[name] = later(Object.hasOwn(bag, name) ? bag[name] : undefined, [value, at]);
  }
  return next;
};

const withAnswers = (
  before: Facts['answers'],
  answers: AnswersSignal['data']['answers'],
  at: number,
): Facts['answers'] => {
  const next = { ...before };
  for (const [question, { value, wording }] of Object.entries(answers)) {
    next[question] = withAnswer(
      Object.hasOwn(before, question) ? before[question] : undefined,
      value,
      at,
      wording,
    );
  }
  return next;
};

/** Adds to the count of a day, keeping the pairs sorted by day. */
const addToDay = (days: readonly number[], day: number, count: number): number[] => {
  let i = days.length;
  while (i > 0 && (days[i - 2] as number) > day) i -= 2;
  if (i > 0 && days[i - 2] === day) return days.with(i - 1, (days[i - 1] as number) + count);
  return days.toSpliced(i, 0, day, count);
};

const withActivity = (activity: ActivityCounts | undefined, count: number, at: number): ActivityCounts => {
  const [total, last, days] = activity ?? [0, at, []];
  return [total + count, Math.max(last, at), addToDay(days, dayOf(at), count)];
};

/** Drops the days that no window can reach from `seen`, in every activity: late events must find the same days gone. */
const forgetOldDays = (activities: Facts['activities'], seen: number): Facts['activities'] => {
  const first = dayOf(seen) - dayHorizon;
  const isOld = ([, , days]: ActivityCounts) => days.length > 0 && (days[0] as number) < first;
  if (!Object.values(activities).some(isOld)) return activities;
  const forget = ([total, last, days]: ActivityCounts): ActivityCounts => {
    let i = 0;
    while (i < days.length && (days[i] as number) < first) i += 2;
    return [total, last, days.slice(i)];
  };
  return Object.fromEntries(Object.entries(activities).map(([name, activity]) => [name, forget(activity)]));
};

const withOutcome = (
  outcomes: Facts['outcomes'],
  outcome: Outcome,
  details: OutcomeDetails,
  at: number,
): Facts['outcomes'] => {
  const before = outcomes[outcome];
  const [latest, last] = later(before && [before[2], before[1]], [details, at]);
  const counts: OutcomeCounts = [(before?.[0] ?? 0) + 1, last, latest];
  return { ...outcomes, [outcome]: counts };
};

/** Leaves out what is undefined, so that facts are the same before and after they were stored as JSON. */
const present = <T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

const fold = (facts: Facts, event: SignalEvent, at: number): Facts => {
  switch (event.type) {
    case 'LeadProfileUpdated':
      return { ...facts, attributes: withDated(facts.attributes, Object.entries(event.data.attributes), at) };
    case 'LeadAnswersRecorded':
      return { ...facts, answers: withAnswers(facts.answers, event.data.answers, at) };
    case 'LeadActivityRecorded': {
      const { activity, count } = event.data;
      const before = Object.hasOwn(facts.activities, activity) ? facts.activities[activity] : undefined;
      return { ...facts, activities: { ...facts.activities, [activity]: withActivity(before, count, at) } };
    }
    case 'LeadStageChanged': {
      const { stage, reason, actor } = event.data;
      return { ...facts, stated: later(facts.stated, [present({ stage, reason, actor }), at]) };
    }
    case 'LeadOutcomeRecorded': {
      const { outcome, amount, reason } = event.data;
      return { ...facts, outcomes: withOutcome(facts.outcomes, outcome, present({ amount, reason }), at) };
    }
    case 'HandoffAccepted':
    case 'HandoffRejected': {
      const { handoffId, actor, reason } = event.data;
      const verdict: Dated<{ handoffId: string; actor: string; reason?: string }> = [
        present({ handoffId, actor, reason }),
        at,
      ];
      return event.type === 'HandoffAccepted'
        ? { ...facts, accepted: later(facts.accepted, verdict) }
        : { ...facts, rejected: later(facts.rejected, verdict) };
    }
    default:
      return event satisfies never;
  }
};

/**
 * Folds an event into the facts. Commutative: every part is a sum, a maximum or a latest value, so the same events
 * give the same facts in whatever order (I3). Each event is to be folded once; the ledger sees to that.
 */
export const evolve = (facts: Facts, event: SignalEvent): Facts => {
  const at = Date.parse(event.metadata.occurredAt);
  const next = fold(facts, event, at);
  const seen = Math.max(facts.seen, at);
  return { ...next, seen, activities: forgetOldDays(next.activities, seen) };
};
