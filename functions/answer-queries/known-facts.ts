import { dayMs } from '../../events/index.ts';
import type { Facts } from '../../shared/scoring/index.ts';

const isoOf = (at: number): string => new Date(at).toISOString();

const mapValues = <T, U>(of: Readonly<Record<string, T>> | undefined, present: (value: T) => U) =>
  Object.fromEntries(Object.entries(of ?? {}).map(([name, value]) => [name, present(value)]));

type Earlier = NonNullable<Facts['answers'][string][3]>[number];

/** Returns counts by day as pairs, from a list in which a day and its count take turns. */
const presentDays = (days: readonly number[]) =>
  Array.from({ length: days.length / 2 }, (_, i) => ({
    day: isoOf((days[2 * i] ?? 0) * dayMs).slice(0, 10),
    count: days[2 * i + 1] ?? 0,
  }));

const presentOverride = ([override, at]: NonNullable<Facts['override']>) =>
  override === null ? null : { ...override, until: isoOf(override.until), at: isoOf(at) };

/**
 * Returns what is known of a lead with its names written out and its instants as text. Facts are stored as lists, since
 * that is shorter. A value that is null was stated, and cleared later.
 */
export const presentFacts = (facts: Facts) => ({
  attributes: mapValues(facts.attributes, ([value, at]) => ({ value, at: isoOf(at) })),
  answers: mapValues(facts.answers, ([value, at, wording, earlier = []]) => ({
    value,
    at: isoOf(at),
    ...(wording && { words: wording[0], figures: wording[1] }),
    ...(earlier.length > 0 && {
      earlier: earlier.map(([before, since]: Earlier) => ({ value: before, at: isoOf(since) })),
    }),
  })),
  activities: mapValues(facts.activities, ([count, last, days]) => ({
    count,
    last: isoOf(last),
    days: presentDays(days),
  })),
  outcomes: mapValues(facts.outcomes, ([count, last, details]) => ({ count, last: isoOf(last), ...details })),
  ...(facts.stated !== undefined && { stated: { ...facts.stated[0], at: isoOf(facts.stated[1]) } }),
  ...(facts.dealStage !== undefined && {
    dealStage: { ...facts.dealStage[0], at: isoOf(facts.dealStage[1]) },
  }),
  ...(facts.deals !== undefined && {
    deals: mapValues(facts.deals, ([status, at]) => ({ status, at: isoOf(at) })),
  }),
  ...(facts.verdicts !== undefined && {
    verdicts: mapValues(facts.verdicts, ([verdict, at]) => ({ ...verdict, at: isoOf(at) })),
  }),
  ...(facts.accepted !== undefined && { accepted: { ...facts.accepted[0], at: isoOf(facts.accepted[1]) } }),
  ...(facts.rejected !== undefined && { rejected: { ...facts.rejected[0], at: isoOf(facts.rejected[1]) } }),
  ...(facts.override !== undefined && { override: presentOverride(facts.override) }),
});
