import type { Entry, LeadAnswer } from '../types.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The time that can be looked at: whole hours, in milliseconds since 1970. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

const instantsOf = ({ attributes, answers }: LeadAnswer['facts']): string[] => [
  ...Object.values(attributes).map(({ at }) => at),
  ...Object.values(answers).flatMap(({ at, earlier = [] }) => [at, ...earlier.map((one) => one.at)]),
];

const ceilHour = (at: number): number => Math.ceil(at / hourMs) * hourMs;

/** The days that are shown after now, or after the next change if that is later. */
const daysAhead = 30;

/**
 * Returns the time through which a lead can be followed: from the first instant that is known of it until some time after
 * what comes next by itself.
 *
 * @param entries those of its timeline that were loaded
 */
export const computeSpan = (
  lead: Pick<LeadAnswer, 'facts' | 'next' | 'lastHeard'>,
  entries: readonly Pick<Entry, 'occurredAt'>[],
  now: number,
): Span => {
  const known = [...instantsOf(lead.facts), ...entries.map(({ occurredAt }) => occurredAt), lead.lastHeard];
  const first = ceilHour(Math.min(...known.map((at) => Date.parse(at))));
  const { next } = lead;
  const nextAt = next === null ? now : Date.parse(next.at);
  // Nothing of an erased lead can be shown.
  if (next?.what.includes('erased')) return { first, last: Math.max(now, nextAt - hourMs) };
  return { first, last: ceilHour(Math.max(now, nextAt) + daysAhead * dayMs) };
};
