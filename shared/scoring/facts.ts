import { dayMs, type FactValue, hourMs, type Outcome, type Stage, type Tier } from '../../events/index.ts';

/** A value and the instant, in milliseconds since 1970, at which it was stated. The latest statement counts. */
export type Dated<T> = readonly [value: T, at: number];

/** The measured wording of an answer; its text is not stored. Of several answers, the highest counts. */
export type Wording = readonly [
  /** Words, by the rules of Unicode for every script. */
  words: number,
  /** Words that hold a figure. */
  figures: number,
];

/** A value that an answer had before; null is one that was withdrawn. */
export type EarlierValue = string | number | boolean | null;

/**
 * The answer to a question: the latest value with its instant, the highest counts of words and figures, and the other
 * values of before, each with its latest instant. Of these only a few short ones are stored, the latest.
 */
export type AnswerFact = readonly [
  value: FactValue,
  at: number,
  wording?: Wording | null,
  earlier?: readonly Dated<EarlierValue>[],
];

/**
 * The highest total that was stated of an activity on a day, and the first instant of that day at which it was. Only
 * days whose total is above those of all days before are stored: on these the activity happened.
 */
export type DayTotal = readonly [day: number, total: number, at: number];

/**
 * The totals that were stated of an activity, beside the times that were counted one by one: the instant of the last of
 * these, 0 if there is none, and the totals by ascending day. Of the days that no window reaches, the last is stored.
 */
export type StatedTotals = readonly [lastCounted: number, totals: readonly DayTotal[]];

/**
 * The counts of an activity: the count of all time, the instant of the last time, and the counts of the last
 * `dayHorizon` days as day, count, day, count… in ascending order. A day is a UTC day since 1970-01-01. They include
 * the growth of totals, which follow if any was stated.
 */
export type ActivityCounts = readonly [
  total: number,
  last: number,
  days: readonly number[],
  stated?: StatedTotals,
];

/** The count of an outcome, the instant of the last time, and the details recorded then. */
export type OutcomeCounts = readonly [count: number, last: number, latest: OutcomeDetails];

export interface OutcomeDetails {
  readonly amount?: number;
  readonly reason?: string;
}

export interface StageStatement {
  readonly stage: Stage;
  readonly reason?: string;
  readonly actor?: string;
}

/** The status of a deal by its latest statement, and the instant of that statement. */
export type DealFact = Dated<'open' | 'lost' | 'won'>;

/** The person who gave a verdict on a hand-off, and the reason. */
export interface VerdictSource {
  readonly actor: string;
  readonly reason?: string;
}

/**
 * The verdict that counts on a hand-off, and its instant: the earliest of a person, or that nobody gave one in time and
 * the policy takes the lead back.
 */
export type VerdictFact = Dated<VerdictSource & { readonly verdict: 'accepted' | 'rejected' | 'expired' }>;

/**
 * The consent of the leads that are one by merges. It is only there if one of them has said something about it before it
 * was merged, or after such a merge.
 */
export interface ConsentFact {
  /** The latest statement of each lead, by the id that the event named. */
  readonly said: Readonly<Record<string, Dated<FactValue>>>;
  /** The merges: two leads, and the instant from which they were one, in milliseconds since 1970. */
  readonly joined: readonly (readonly [survivor: string, merged: string, at: number])[];
}

/**
 * The override of a lead by a person. It holds until the first whole hour at or after `until`, in milliseconds since
 * 1970. No rule of a model reads it.
 */
export interface OverrideFact {
  /** The tier that the person set; without one the tier is the model's. */
  readonly tier?: Tier;
  /** True if the lead is held out of hand-offs. */
  readonly hold?: true;
  readonly until: number;
  readonly actor: string;
  readonly reason: string;
}

/**
 * The facts of a lead, folded from its signals in any order. Tuples rather than objects, because facts are stored with
 * each lead and a state of more than 1 KB costs twice the write units.
 */
export interface Facts {
  /** The latest `occurredAt` of any signal, in milliseconds since 1970: the instant of evaluation. */
  readonly seen: number;
  /** The instant, in milliseconds since 1970, to which time was advanced for the lead, if that is later than any signal. */
  readonly clock?: number;
  readonly attributes: Readonly<Record<string, Dated<FactValue>>>;
  readonly answers: Readonly<Record<string, AnswerFact>>;
  readonly activities: Readonly<Record<string, ActivityCounts>>;
  readonly outcomes: Readonly<Partial<Record<Outcome, OutcomeCounts>>>;
  /** The latest statement of the lead's own stage; one that names a deal is only among these if it says customer. */
  readonly stated?: Dated<StageStatement>;
  /** The latest statement of an earlier stage than customer to which a deal brings the lead. */
  readonly dealStage?: Dated<StageStatement>;
  /** The deals that were named, by id. */
  readonly deals?: Readonly<Record<string, DealFact>>;
  /** The verdicts that name their hand-off, by its id. */
  readonly verdicts?: Readonly<Record<string, VerdictFact>>;
  /** The latest acceptance that names no hand-off. */
  readonly accepted?: Dated<VerdictSource>;
  /** The latest rejection that names no hand-off. */
  readonly rejected?: Dated<VerdictSource>;
  /** The consent of merged leads; the attribute `optedOut` follows from it. */
  readonly consent?: ConsentFact;
  /** The latest override, null if it was lifted; only there if there ever was one. */
  readonly override?: Dated<OverrideFact | null>;
}

/** Returns the instant as of which a lead is judged: that of its latest signal, or to which its time was advanced. */
export const instantOf = (facts: Facts): number => Math.max(facts.seen, facts.clock ?? 0);

/** The attribute that says whether a lead wants no more messages. It counts at merges, whether or not a rule reads it. */
export const consentAttribute = 'optedOut';

/** The attribute that names a lead's contact in HubSpot, to which scores are written. It says nothing about the lead. */
export const contactAttribute = 'hubspotContactId';

export const noFacts: Facts = { seen: 0, attributes: {}, answers: {}, activities: {}, outcomes: {} };

/** Returns the whole hour of an instant, counted from 1970-01-01, UTC. */
export const computeHour = (at: number): number => Math.floor(at / hourMs);

/** The UTC day of an instant, counted from 1970-01-01. */
export const computeDay = (at: number): number => Math.floor(at / dayMs);

/** The longest window a condition may look back, in days. */
export const longestWindow = 365;

/**
 * Counts the days on which an activity occurred within the last `withinDays` days, the day of evaluation included,
 * however often it occurred on each.
 */
export const countDaysWithin = (activity: ActivityCounts, today: number, withinDays: number): number => {
  const days = activity[2];
  const first = today - withinDays;
  let count = 0;
  for (let i = days.length - 2; i >= 0 && (days[i] as number) > first; i -= 2) count++;
  return count;
};

/** Counts how often an activity occurred within the last `withinDays` days, the day of evaluation included. */
export const countWithin = (activity: ActivityCounts, today: number, withinDays: number): number => {
  const days = activity[2];
  const first = today - withinDays;
  let count = 0;
  for (let i = days.length - 2; i >= 0 && (days[i] as number) > first; i -= 2) count += days[i + 1] as number;
  return count;
};
