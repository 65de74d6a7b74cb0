import {
  catchUp,
  computeRetentionEnd,
  type DecidedEvent,
  type LeadState,
} from '../../../shared/lead/index.ts';
import type { ScoringModel } from '../../../shared/scoring/index.ts';

/** A lead after time has passed. */
export interface AdvancedLead {
  readonly state: LeadState;
  readonly entries: readonly DecidedEvent[];
  /** Whether nothing was heard of it for so long that it is erased. */
  readonly isErased: boolean;
}

/**
 * Lets time pass for a lead: it is settled when it is due, everything that time changes is decided at its own hour, and
 * it is erased when the policy says so.
 *
 * @param settlesAt the instant at which it is settled, if it isn't yet
 * @param until milliseconds since 1970
 */
export const advanceLead = (
  model: ScoringModel,
  before: LeadState,
  settlesAt: number | undefined,
  until: number,
): AdvancedLead => {
  const entries: DecidedEvent[] = [];
  let state = before;
  for (;;) {
    const retained = state.announced === undefined ? computeRetentionEnd(model, state.facts) : undefined;
    const erasedAt = retained ?? Number.POSITIVE_INFINITY;
    const advanced = catchUp(model, { ...state, dueAt: settlesAt }, Math.min(until, erasedAt - 1), true);
    if (advanced.entries.length === 0) return { state, entries, isErased: erasedAt <= until };
    for (const entry of advanced.entries) entries.push(entry);
    state = advanced.state;
  }
};
