import type { AcceptedEvent } from '../../events/index.ts';
import { hourMs } from '../../events/index.ts';
import { type Facts, instantOf, type OverrideFact } from '../scoring/index.ts';
import { pickLater } from './pick-later.ts';

type Overriding = Extract<AcceptedEvent, { type: 'LeadOverridden' }>;

/** Notes an override. Of several, the latest counts; of one instant, the one whose JSON sorts last. */
export const withOverride = (facts: Facts, data: Overriding['data'], at: number): Facts => {
  const { tier, hold, until, actor, reason } = data;
  const override: OverrideFact = {
    ...(tier !== undefined && { tier }),
    ...(hold !== undefined && { hold }),
    until: Date.parse(until),
    actor,
    reason,
  };
  return { ...facts, override: pickLater(facts.override, [override, at]) };
};

/** Notes that the override was lifted. An override that was said later stays. */
export const withLift = (facts: Facts, at: number): Facts => ({
  ...facts,
  override: pickLater(facts.override, [null, at]),
});

/** The last hour of the years that instants have: an override ends at it at the latest. */
const lastHour = Math.floor(Date.parse('9999-12-31T23:59:59.999Z') / hourMs);

/**
 * Returns the first hour, since 1970, at which the override of a lead no longer holds; undefined if there is none. It is
 * a whole hour, so that it ends at the same instant whether an event or time alone shows it.
 */
export const findOverrideEnd = ({ override }: Facts): number | undefined =>
  override?.[0] ? Math.min(Math.ceil(override[0].until / hourMs), lastHour) : undefined;

/**
 * Returns the override that holds at an instant.
 *
 * @param at milliseconds since 1970. @default the lead's own instant
 */
export const findOverride = (facts: Facts, at: number = instantOf(facts)): OverrideFact | undefined => {
  const end = findOverrideEnd(facts);
  return end !== undefined && at < end * hourMs ? (facts.override?.[0] ?? undefined) : undefined;
};
