import { dayMs, type FactValue, type Outcome, type Stage } from '../../events/index.ts';

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
 * The counts of an activity: the total, the instant of the last time, and the counts of the last `dayHorizon` days as
 * day, count, day, count… in ascending order. A day is a UTC day since 1970-01-01.
 */
export type ActivityCounts = readonly [total: number, last: number, days: readonly number[]];

/** The count of an outcome, the instant of the last time, and the details recorded then. */
export type OutcomeCounts = readonly [count: number, last: number, latest: OutcomeDetails];

export interface OutcomeDetails {
  readonly amount?: number;
  readonly reason?: string;
}

interface StageStatement {
  readonly stage: Stage;
  readonly reason?: string;
  readonly actor?: string;
}

interface Verdict {
  readonly handoffId: string;
  readonly actor: string;
  readonly reason?: string;
}

/**
 * The facts of a lead, folded from its signals in any order. Tuples rather than objects, because facts are stored with
 * each lead and a state of more than 1 KB costs twice the write units.
 */
export interface Facts {
  /** The latest `occurredAt` of any signal, in milliseconds since 1970: the instant of evaluation. */
  readonly seen: number;
  readonly attributes: Readonly<Record<string, Dated<FactValue>>>;
  readonly answers: Readonly<Record<string, AnswerFact>>;
  readonly activities: Readonly<Record<string, ActivityCounts>>;
  readonly outcomes: Readonly<Partial<Record<Outcome, OutcomeCounts>>>;
  readonly stated?: Dated<StageStatement>;
  readonly accepted?: Dated<Verdict>;
  readonly rejected?: Dated<Verdict>;
}

export const noFacts: Facts = { seen: 0, attributes: {}, answers: {}, activities: {}, outcomes: {} };

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
