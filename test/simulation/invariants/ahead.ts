import { iso, start } from '../load/instants.ts';

const dayMs = 86_400_000;

/**
 * Whether a message holds an event of a clock that runs years ahead. hand-off takes no verdict of such a clock, and
 * leaves it among its dead letters: nobody else tells sales that it was not noted.
 */
export const isYearsAhead = (body: string): boolean => {
  const [, occurredAt = ''] = body.match(/"occurredAt":"([^"]+)"/) ?? [];
  return occurredAt > iso(start + 365 * dayMs);
};
