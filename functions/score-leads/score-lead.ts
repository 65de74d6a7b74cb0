import type { Rejection } from '../../events/index.ts';
import type { StoredLead } from '../../shared/ledger/index.ts';
import { fullJitter, type Wait } from '../../shared/retry/index.ts';
import type { Delivery } from './deliveries.ts';
import { type PlanDeps, planCommit } from './plan-commit.ts';
import {
  beginWith,
  ledgerOf,
  type Progress,
  setCopiesAside,
  settleAppended,
  settleCopies,
  settlePresent,
  settleTooLarge,
} from './progress.ts';
import { followRedirections } from './redirections.ts';

export interface ScoreLeadDeps extends PlanDeps {
  readonly wait: Wait;
}

export interface ScoredLead {
  readonly recorded: readonly Delivery[];
  readonly duplicates: readonly Delivery[];
  /** As last read or written. */
  readonly lead: StoredLead | undefined;
  readonly rejected: readonly { delivery: Delivery; rejection: Rejection }[];
  /** Events that came for an erased lead: their contents are not kept. */
  readonly withheld: number;
  /** Times that another writer came first. */
  readonly conflicts: number;
  readonly tierChanges: readonly string[];
  /** What is left undone, to come again, and why. */
  readonly failed?: { readonly deliveries: readonly Delivery[]; readonly error: unknown };
}

/** A lead that many write at once: the messages go back to the queue and come again later. */
export class ConflictsExhaustedError extends Error {
  readonly code = 'CONFLICTS_EXHAUSTED';
  constructor(attempts: number) {
    super(`another writer came first ${attempts} times in a row`);
    this.name = 'ConflictsExhaustedError';
  }
}

const mostConflicts = 10;

/** Looks for what may have been recorded before: a cancelled transaction would cost its write units all the same. */
const settleKnown = async ({ ledger }: ScoreLeadDeps, progress: Progress): Promise<void> => {
  const suspects = progress.pending.filter(({ again }) => again).map(({ event }) => event);
  if (suspects.length > 0) settlePresent(progress, await ledger.find(ledgerOf(progress), suspects));
};

const reload = async ({ ledger }: ScoreLeadDeps, progress: Progress): Promise<void> => {
  const leadId = ledgerOf(progress);
  progress.lead = (await ledger.load([leadId])).get(leadId);
};

/** Tries to write what comes next. Says whether it got no further, since another writer came first. */
const recordNext = async (deps: ScoreLeadDeps, progress: Progress): Promise<boolean> => {
  const plan = await planCommit(deps, progress);
  if (plan === undefined || settleTooLarge(progress, plan.chunk, plan.commit)) return false;
  const appended = await deps.ledger.append(plan.commit, plan.other);
  if (appended.kind === 'appended') {
    settleAppended(progress, plan.chunk, plan.commit, appended.head);
    return false;
  }
  const { length } = progress.pending;
  if (appended.kind === 'present') settlePresent(progress, appended.entries);
  await reload(deps, progress);
  return progress.pending.length === length;
};

const recordAll = async (deps: ScoreLeadDeps, progress: Progress): Promise<void> => {
  let inARow = 0;
  for (;;) {
    await followRedirections(deps.ledger, progress);
    if (progress.pending.length === 0) return;
    if (!(await recordNext(deps, progress))) {
      inARow = 0;
      continue;
    }
    progress.conflicts++;
    if (++inARow >= mostConflicts) throw new ConflictsExhaustedError(inARow);
    await deps.wait(fullJitter(inARow));
  }
};

/**
 * Records the deliveries of one lead: decides them upon its state and appends, again from the top where another
 * writer came first. Every delivery ends recorded, a duplicate, rejected, or failed, to come again.
 *
 * @param load reads what is stored of the lead; where it can't be read, this lead alone fails
 */
export const scoreLead = async (
  deps: ScoreLeadDeps,
  leadId: string,
  deliveries: readonly Delivery[],
  load: () => Promise<StoredLead | undefined>,
): Promise<ScoredLead> => {
  const progress = beginWith(leadId, deliveries);
  try {
    setCopiesAside(progress);
    await settleKnown(deps, progress);
    progress.lead = await load();
    await recordAll(deps, progress);
    settleCopies(progress);
    return progress;
  } catch (error) {
    settleCopies(progress);
    return { ...progress, failed: { deliveries: progress.pending, error } };
  }
};
