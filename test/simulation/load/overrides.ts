import type { Random } from '../random.ts';
import type { EventContent } from './event-content.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Draws how long an override holds: some hours or weeks, sometimes to a whole hour, and sometimes it is over already. */
const drawEnd = (random: Random, at: number): number => {
  const end = at + random.pick([-hourMs, random.between(1, 72) * hourMs, random.between(1, 60) * dayMs]);
  return random.chance(0.5) ? end - (end % hourMs) : end + random.between(0, hourMs);
};

/**
 * Draws the override of a lead's tier, that it is held out of hand-offs, or that the override is lifted.
 *
 * @param at the instant of the event, in milliseconds since 1970
 * @param secret a text that must be nowhere after the lead was erased
 */
export const drawOverride = (random: Random, at: number, secret: string): EventContent => {
  if (random.chance(0.25)) return { type: 'LeadOverrideLifted', data: { actor: secret } };
  const tier = random.pick(['excellent', 'good', 'risky', 'none', undefined]);
  return {
    type: 'LeadOverridden',
    data: {
      ...(tier !== undefined && { tier }),
      ...((tier === undefined || random.chance(0.3)) && { hold: true }),
      until: new Date(drawEnd(random, at)).toISOString(),
      actor: secret,
      reason: secret,
    },
  };
};
