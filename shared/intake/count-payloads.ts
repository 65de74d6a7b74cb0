import { count } from '../lambda/index.ts';
import type { IntakeResult } from './intake.ts';

/**
 * Counts in the metrics what became of the payloads of a request or of an event. All that is quarantined counts as
 * unmapped, by whichever door it came.
 */
export const countPayloads = ({ counts }: Pick<IntakeResult, 'counts'>): void => {
  count('PayloadsTaken', counts.taken);
  count('PayloadsUnmapped', counts.unmapped + counts.unproven + counts['missing-changes']);
  count('PayloadsUnknown', counts.unknown);
};
