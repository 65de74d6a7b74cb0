import type { Rejection } from '../../events/index.ts';
import { type Commit, decideAll, type LeadState, type SignalEvent } from '../../shared/lead/index.ts';
import {
  contentOf,
  type EntryContent,
  entryItem,
  entrySortKey,
  fullJitter,
  type Ledger,
  largestItem,
  mostEvents,
  sameContent,
  sizeOf,
  stateItem,
  type Wait,
} from '../../shared/ledger/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import type { Delivery } from './deliveries.ts';

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

const conflicting = (event: SignalEvent): Rejection => ({
  code: 'conflicting-content',
  problems: [
    {
      path: 'detail.metadata.eventId',
      given: JSON.stringify(event.metadata.eventId),
      allowed:
        'an id of its own: an event of this lead with this id and occurredAt, but other content, is recorded',
    },
  ],
});

const tooLarge = (what: string, bytes: number): Rejection => ({
  code: 'too-large',
  problems: [{ path: what, given: `${bytes} bytes`, allowed: `at most ${largestItem} bytes` }],
});

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

/** The first entry of a commit that is larger than an item may be. */
const findLargeEntry = ({
  leadId,
  state,
  entries,
}: Commit): { index: number; rejection: Rejection } | undefined => {
  for (const [index, entry] of entries.entries()) {
    const bytes = sizeOf(entryItem(leadId, state.version, index, entry));
    if (bytes > largestItem) return { index, rejection: tooLarge('the ledger entry of the event', bytes) };
  }
  return undefined;
};

/** Work in progress on one lead's deliveries. */
interface Progress {
  pending: readonly Delivery[];
  readonly recorded: Delivery[];
  readonly duplicates: Delivery[];
  readonly rejected: { delivery: Delivery; rejection: Rejection }[];
  readonly tierChanges: string[];
  conflicts: number;
  state: LeadState | undefined;
  /** Most events of the next commit. */
  most: number;
}

/** Sorts out what the ledger has already: the same content is a duplicate, other content a conflict of ids. */
const settlePresent = (progress: Progress, present: ReadonlyMap<string, EntryContent>): void => {
  progress.pending = progress.pending.filter((delivery) => {
    const stored = present.get(entrySortKey(delivery.event));
    if (stored === undefined) return true;
    if (sameContent(stored, contentOf(delivery.event))) progress.duplicates.push(delivery);
    else progress.rejected.push({ delivery, rejection: conflicting(delivery.event) });
    return false;
  });
};

/** Within one batch, too, the first delivery of an event counts and the others are judged against it. */
const settleWithinBatch = (progress: Progress): void => {
  const first = new Map<string, EntryContent>();
  progress.pending = progress.pending.filter((delivery) => {
    const key = entrySortKey(delivery.event);
    const content = contentOf(delivery.event);
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, content);
      return true;
    }
    if (sameContent(before, content)) progress.duplicates.push(delivery);
    else progress.rejected.push({ delivery, rejection: conflicting(delivery.event) });
    return false;
  });
};

const settleAppended = (progress: Progress, chunk: readonly Delivery[], { entries }: Commit): void => {
  progress.recorded.push(...chunk);
  progress.pending = progress.pending.slice(chunk.length);
  for (const { decided } of entries) {
    for (const change of decided.changes) {
      if (change.type === 'LeadTierChanged') progress.tierChanges.push(`${change.from}-${change.to}`);
    }
  }
};

const reject = (progress: Progress, delivery: Delivery, rejection: Rejection): void => {
  progress.rejected.push({ delivery, rejection });
  progress.pending = progress.pending.filter((other) => other !== delivery);
};

/** Puts aside what makes an item too large, and says whether it did: then the commit must be decided anew. */
const settleTooLarge = (progress: Progress, chunk: readonly Delivery[], commit: Commit): boolean => {
  const entry = findLargeEntry(commit);
  if (entry !== undefined) {
    reject(progress, chunk[entry.index] as Delivery, entry.rejection);
    return true;
  }
  const bytes = sizeOf(stateItem(commit.state));
  if (bytes <= largestItem) return false;
  // One event at a time from here on, so that the one which tips the state over is the one put aside.
  if (chunk.length > 1) progress.most = 1;
  else reject(progress, chunk[0] as Delivery, tooLarge('the state of the lead with this event', bytes));
  return true;
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
 * Records the deliveries of one lead: decides them upon the state given and appends, again from the top where
 * another writer came first. Every delivery ends recorded, a duplicate, rejected, or failed, to come again.
 */
export const scoreLead = async (
  deps: ScoreLeadDeps,
  leadId: string,
  deliveries: readonly Delivery[],
  state: LeadState | undefined,
): Promise<ScoredLead> => {
  const progress: Progress = {
    pending: deliveries,
    recorded: [],
    duplicates: [],
    rejected: [],
    tierChanges: [],
    conflicts: 0,
    state,
    most: mostEvents,
  };
  try {
    settleWithinBatch(progress);
    const suspects = progress.pending.filter(({ again }) => again);
    if (suspects.length > 0) {
      // A cancelled transaction costs its write units all the same; reading the keys first is cheaper.
      settlePresent(
        progress,
        await deps.ledger.find(
          leadId,
          suspects.map(({ event }) => event),
        ),
      );
    }
    await recordAll(deps, leadId, progress);
    return progress;
  } catch (error) {
    return { ...progress, failed: { deliveries: progress.pending, error } };
  }
};
