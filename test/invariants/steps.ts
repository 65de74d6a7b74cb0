import { type Decision, decide } from '../../shared/lead/decide.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import type { Evidence } from './evidence.ts';
import { type CommittedEntry, committedLedgers } from './ledgers.ts';
import { memoize } from './memoize.ts';

/** A lead as it stands after an entry, with the model by which it was judged. */
export interface Judged {
  readonly state: LeadState;
  readonly model: ScoringModel;
}

/** An entry by which a lead was judged, with the lead before and after it. */
export interface Step extends Judged {
  readonly entry: Extract<CommittedEntry, { kind: 'decided' }>;
  readonly before: Judged | undefined;
  readonly decided: Decision['decided'];
}

/** The ledger of a lead, folded again. */
export interface Folded {
  readonly steps: readonly Step[];
  /** The entry that closed the lead. */
  readonly closing: Extract<CommittedEntry, { kind: 'closing' }> | undefined;
}

const fold = ({ models }: Evidence, leadId: string, entries: readonly CommittedEntry[]): Folded => {
  const steps: Step[] = [];
  for (const entry of entries) {
    if (entry.kind === 'closing') return { steps, closing: entry };
    if (entry.kind === 'erased') break;
    const model = models.get(entry.standing.modelVersion);
    if (model === undefined) throw new Error(`${leadId} was judged by an unknown model`);
    const last = steps.at(-1);
    const before = last && { state: last.state, model: last.model };
    const { state, decided } = decide(model, before?.state, entry.event);
    steps.push({ entry, before, model, decided, state: { ...state, leadId, version: entry.version } });
  }
  return { steps, closing: undefined };
};

/** Returns the ledger of each lead, folded again by the models that it names. I2 compares the result with what is stored. */
export const foldedLedgers = memoize(
  (evidence): ReadonlyMap<string, Folded> =>
    new Map(
      [...committedLedgers(evidence)].map(([leadId, entries]) => [leadId, fold(evidence, leadId, entries)]),
    ),
);
