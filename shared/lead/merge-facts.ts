import type { AnswerFact, Dated, Facts, OutcomeCounts, OutcomeDetails } from '../scoring/index.ts';
import { joinActivities } from './activity-counts.ts';
import { withAnswer } from './answers.ts';
import { applyConsent, joinConsent } from './consent.ts';
import { forgetOldDays } from './daily-counts.ts';
import { pickLaterDeal } from './deals.ts';
import { omitUndefined } from './omit-undefined.ts';
import { pickLater } from './pick-later.ts';
import { pickLaterStage } from './stage-statements.ts';
import { pickEarlierVerdict } from './verdicts.ts';

type Bag<T> = Readonly<Record<string, T>>;

/** Unites two bags; values that both have go through `join`. A name may be any text, such as `__proto__`. */
const union = <T>(a: Bag<T>, b: Bag<T>, join: (a: T, b: T) => T): Record<string, T> => ({
  ...a,
  ...Object.fromEntries(
    Object.entries(b).map(([name, value]) => [
      name,
      Object.hasOwn(a, name) ? join(a[name] as T, value) : value,
    ]),
  ),
});

/** Unites two bags that are only there if they have a name. */
const unionIfAny = <T>(
  a: Bag<T> | undefined,
  b: Bag<T> | undefined,
  join: (a: T, b: T) => T,
): Bag<T> | undefined => (a === undefined || b === undefined ? (a ?? b) : union(a, b, join));

/**
 * Joins the answers to one question as if one lead had given them. Values that either has forgotten would be forgotten
 * in the union too: a value only ever moves to the front, and a withdrawn answer stays withdrawn.
 */
const joinAnswers = (a: AnswerFact, [value, at, wording, earlier = []]: AnswerFact): AnswerFact =>
  withAnswer(
    earlier.reduce<AnswerFact>((fact, [before, when]) => withAnswer(fact, before, when), a),
    value,
    at,
    wording ?? null,
  );

const joinOutcomes = (a: OutcomeCounts, b: OutcomeCounts): OutcomeCounts => {
  const dated = ([, last, details]: OutcomeCounts): Dated<OutcomeDetails> => [details, last];
  const [details, last] = pickLater(dated(a), dated(b));
  return [a[0] + b[0], last, details];
};

const latest = <T>(
  a: Dated<T> | undefined,
  b: Dated<T> | undefined,
  pick: (a: Dated<T> | undefined, b: Dated<T>) => Dated<T> = pickLater,
): Dated<T> | undefined => (b === undefined ? a : pick(a, b));

/** Every fact, including optional ones, so that a new fact that isn't merged doesn't compile. */
type EveryFact = { [K in keyof Required<Facts>]: Facts[K] };

/**
 * Merges the facts of two leads that are one. The result is what the events of both would give, in whatever order
 * (I13).
 */
export const mergeFacts = (a: Facts, b: Facts): Facts => {
  const seen = Math.max(a.seen, b.seen);
  const clock = Math.max(a.clock ?? 0, b.clock ?? 0);
  const merged: EveryFact = {
    seen,
    clock: clock > seen ? clock : undefined,
    attributes: union(a.attributes, b.attributes, pickLater),
    answers: union(a.answers, b.answers, joinAnswers),
    activities: forgetOldDays(union(a.activities, b.activities, joinActivities), seen),
    outcomes: union(a.outcomes as Bag<OutcomeCounts>, b.outcomes as Bag<OutcomeCounts>, joinOutcomes),
    stated: latest(a.stated, b.stated, pickLaterStage),
    dealStage: latest(a.dealStage, b.dealStage, pickLaterStage),
    deals: unionIfAny(a.deals, b.deals, pickLaterDeal),
    verdicts: unionIfAny(a.verdicts, b.verdicts, pickEarlierVerdict),
    accepted: latest(a.accepted, b.accepted),
    rejected: latest(a.rejected, b.rejected),
    consent: joinConsent(a.consent, b.consent),
    override: latest(a.override, b.override),
  };
  return applyConsent(omitUndefined(merged));
};
