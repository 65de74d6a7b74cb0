import { listUpcoming, type TimeChange, type Upcoming } from '../../shared/as-of/index.ts';
import { advanceTo, computeRetentionEnd, type LeadState, type TimedChange } from '../../shared/lead/index.ts';
import type { StoredLead } from '../../shared/ledger/index.ts';
import { instantOf, type ScoringModel } from '../../shared/scoring/index.ts';
import { CliError } from '../errors.ts';
import { spellInstant } from '../text/format-instant.ts';

/** A lead as of an instant, and what happens to it by itself. */
export interface LeadAsOf {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly tense: 'past' | 'present' | 'future';
  readonly state: LeadState;
  readonly model: ScoringModel;
  /** The changes that time alone has made, or will have made by then, beyond those that are recorded. */
  readonly meanwhile: readonly TimeChange[];
  /** The next changes, in order, but for the changes of the lead that follow the first one. */
  readonly next: readonly Upcoming[];
}

const toTimeChanges = (from: LeadState, changes: readonly TimedChange[]): TimeChange[] =>
  changes.map(({ at, state }, i) => ({
    kind: 'change',
    at,
    before: changes[i - 1]?.state ?? from,
    after: state,
  }));

/** Returns a lead as it was, with what would have happened next by itself. */
export const inPast = (model: ScoringModel, state: LeadState, at: number): LeadAsOf => ({
  at,
  tense: 'past',
  state,
  model,
  meanwhile: [],
  next: listUpcoming(model, state, 1),
});

/** Returns whether a hand-off or a nurture track is still what the lead's action asks for. */
const isAsked = ({ action }: LeadState, due: Upcoming): boolean =>
  due.kind === 'handoffDue' ? action.kind === 'handoff' : action.kind === 'nurture';

/**
 * Returns a stored lead as of now, or of a later instant if nothing happens until then.
 *
 * @param followUps what is due of its hand-offs and nurture
 * @throws CliError `ERASED_BY_THEN` if it isn't retained for so long
 */
export const fromNowOn = (
  model: ScoringModel,
  stored: LeadState & Pick<StoredLead, 'dueAt'>,
  { at, tense }: Pick<LeadAsOf, 'at'> & { readonly tense: 'present' | 'future' },
  followUps: readonly Upcoming[] = [],
): LeadAsOf => {
  const end = computeRetentionEnd(model, stored.facts);
  if (tense === 'future' && end !== undefined && end <= at) {
    throw new CliError(
      'ERASED_BY_THEN',
      `lead ${stored.leadId} is erased on ${spellInstant(end)}, if nothing is heard of it until then`,
    );
  }
  const { dueAt } = stored;
  const isLoading =
    stored.announced !== undefined && dueAt !== undefined && (dueAt > at || tense === 'present');
  const { state, changes } = advanceTo(model, stored, Math.max(at, instantOf(stored.facts)));
  const due = followUps.filter((one) => isAsked(state, one) && (tense === 'present' || one.at > at));
  const settled: Upcoming[] = isLoading ? [{ kind: 'settled', at: dueAt }] : [];
  const next = [...settled, ...due, ...listUpcoming(model, state, 1)].sort((a, b) => a.at - b.at);
  return { at, tense, state, model, meanwhile: toTimeChanges(stored, changes), next };
};
