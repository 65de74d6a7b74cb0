import { entrySortKey } from '../../shared/keys/index.ts';
import {
  type Commit,
  decideAll,
  erase,
  type JudgedEvent,
  type LeadState,
  type LedgerEnd,
  type Merging,
  merge,
  withhold,
} from '../../shared/lead/index.ts';
import { contentOf, type Ledger, type StoredLead } from '../../shared/ledger/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import type { Delivery } from './deliveries.ts';
import { ledgerOf, type Progress, reject } from './progress.ts';
import { resolve } from './redirections.ts';
import { mergeCycle, unknownLead } from './rejections.ts';

export interface PlanDeps {
  readonly ledger: Ledger;
  readonly model: ScoringModel;
}

/** What the next transaction writes, and the deliveries that it settles: the first of those that are pending. */
export interface Plan {
  readonly chunk: readonly Delivery[];
  readonly commit: Commit;
  /** Of a merge: the commit of the merged lead. */
  readonly other?: Commit | undefined;
}

/** A transaction takes 4 MB; what stays below this leaves room for keys and the state. */
const mostBytes = 3 * 1024 * 1024;

/** Bytes of the item that a delivery's event will be, without what it decides. */
const bytesOf = ({ event }: Delivery): number => Buffer.byteLength(contentOf(event).detail);

/**
 * As many deliveries from the front as belong together and one transaction takes, and at most `most`. Two events of one
 * identity do not: the second is for the ledger to judge, which may have had it before the first.
 */
const nextChunk = (
  { pending, most }: Progress,
  belongs: (delivery: Delivery) => boolean,
): readonly Delivery[] => {
  let bytes = 0;
  const keys = new Set<string>();
  const end = pending.findIndex((delivery, i) => {
    bytes += bytesOf(delivery);
    const isTwin = keys.size === keys.add(entrySortKey(delivery.event)).size;
    return i > 0 && (i >= most || bytes > mostBytes || isTwin || !belongs(delivery));
  });
  return end === -1 ? pending : pending.slice(0, end);
};

const isMerging = ({ event }: Delivery): boolean => event.type === 'LeadsMerged';
const isErasure = ({ event }: Delivery): boolean => event.type === 'LeadErasureRequested';
const isPlain = (delivery: Delivery): boolean => !isMerging(delivery) && !isErasure(delivery);

const planMerge = async (
  { ledger, model }: PlanDeps,
  progress: Progress,
  delivery: Delivery,
  before: Exclude<StoredLead, { status: 'merged' }> | undefined,
): Promise<Plan | undefined> => {
  const event = delivery.event as Merging;
  const { mergedLeadId } = event.data;
  if (progress.path.includes(mergedLeadId)) {
    reject(progress, delivery, mergeCycle(event));
    return undefined;
  }
  const merged = await resolve(ledger, mergedLeadId);
  const commits = merge(model, { leadId: ledgerOf(progress), before }, merged, event);
  return { chunk: [delivery], commit: commits.survivor, other: commits.merged };
};

const planJudged = (
  model: ScoringModel,
  progress: Progress,
  before: (LeadState & LedgerEnd) | undefined,
): Plan => {
  const chunk = nextChunk(progress, isPlain);
  const [first, ...others] = chunk.map(({ event }) => event as JudgedEvent);
  return { chunk, commit: decideAll(model, before, [first as JudgedEvent, ...others]) };
};

/**
 * Decides what comes next of what is pending. Merging and erasing go by themselves; all else that can goes together.
 * A rescoring of a lead that isn't there can't make one.
 *
 * @returns undefined where a delivery was rejected instead
 */
export const planCommit = async (deps: PlanDeps, progress: Progress): Promise<Plan | undefined> => {
  const [first] = progress.pending as [Delivery];
  const lead = progress.lead as Exclude<StoredLead, { status: 'merged' }> | undefined;
  if (isMerging(first)) return planMerge(deps, progress, first, lead);
  if (isErasure(first)) {
    return { chunk: [first], commit: erase({ leadId: ledgerOf(progress), before: lead }, first.event) };
  }
  if (lead?.status === 'erased') {
    const chunk = nextChunk(progress, isPlain);
    return {
      chunk,
      commit: withhold(
        lead,
        chunk.map(({ event }) => event),
      ),
    };
  }
  if (first.event.type === 'LeadRescoreRequested' && lead === undefined) {
    reject(progress, first, unknownLead(first.event.data.leadId));
    return undefined;
  }
  return planJudged(deps.model, progress, lead);
};
