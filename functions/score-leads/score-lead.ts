import type { Rejection } from '../../events/index.ts';
import { decideAll, type LeadState, type SignalEvent } from '../../shared/lead/index.ts';
import { contentOf, fullJitter, type Ledger, type Wait } from '../../shared/ledger/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import type { Delivery } from './deliveries.ts';
import {
  beginWith,
  type Progress,
  settleAppended,
  settlePresent,
  settleTooLarge,
  settleWithinBatch,
} from './progress.ts';

export interface ScoreLeadDeps {
  readonly ledger: Ledger;
  readonly model: ScoringModel;
  readonly wait: Wait;
}

export interface ScoredLead {
  readonly recorded: readonly Delivery[];
  readonly duplicates: readonly Delivery[];
  readonly rejected: readonly { delivery: Delivery; rejection: Rejection }[];
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

/** A transaction takes 4 MB; what stays below this leaves room for keys and the state. */
const mostBytes = 3 * 1024 * 1024;

/** Bytes of the item that a delivery's event will be, without what it decides. */
const bytesOf = ({ event }: Delivery): number => Buffer.byteLength(contentOf(event).detail);

/** As many deliveries from the front as one transaction takes, and at most `most`. */
const nextChunk = (pending: readonly Delivery[], most: number): readonly Delivery[] => {
  let bytes = 0;
  const end = pending.findIndex((delivery, i) => {
    bytes += bytesOf(delivery);
    return i > 0 && (i >= most || bytes > mostBytes);
  });
  return end === -1 ? pending : pending.slice(0, end);
};

/** Looks for what may have been recorded before: a cancelled transaction would cost its write units all the same. */
const settleKnown = async ({ ledger }: ScoreLeadDeps, leadId: string, progress: Progress): Promise<void> => {
  const suspects = progress.pending.filter(({ again }) => again).map(({ event }) => event);
  if (suspects.length > 0) settlePresent(progress, await ledger.find(leadId, suspects));
};

const recordAll = async (
  { ledger, model, wait }: ScoreLeadDeps,
  leadId: string,
  progress: Progress,
): Promise<void> => {
  let inARow = 0;
  while (progress.pending.length > 0) {
    const chunk = nextChunk(progress.pending, progress.most);
    const [first, ...others] = chunk.map(({ event }) => event);
    const commit = decideAll(model, progress.state, [first as SignalEvent, ...others]);
    if (settleTooLarge(progress, chunk, commit)) continue;
    const appended = await ledger.append(commit);
    if (appended.kind === 'appended') {
      settleAppended(progress, chunk, commit);
      inARow = 0;
      continue;
    }
    if (appended.kind === 'present') settlePresent(progress, appended.entries);
    else {
      progress.conflicts++;
      if (++inARow >= mostConflicts) throw new ConflictsExhaustedError(inARow);
      await wait(fullJitter(inARow));
    }
    progress.state = (await ledger.load([leadId])).get(leadId);
  }
};

/**
 * Records the deliveries of one lead: decides them upon its state and appends, again from the top where another
 * writer came first. Every delivery ends recorded, a duplicate, rejected, or failed, to come again.
 *
 * @param load reads the state; where it can't be read, this lead alone fails
 */
export const scoreLead = async (
  deps: ScoreLeadDeps,
  leadId: string,
  deliveries: readonly Delivery[],
  load: () => Promise<LeadState | undefined>,
): Promise<ScoredLead> => {
  const progress = beginWith(deliveries);
  try {
    settleWithinBatch(progress);
    await settleKnown(deps, leadId, progress);
    progress.state = await load();
    await recordAll(deps, leadId, progress);
    return progress;
  } catch (error) {
    return { ...progress, failed: { deliveries: progress.pending, error } };
  }
};
