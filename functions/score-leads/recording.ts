import { entrySortKey } from '../../shared/keys/index.ts';
import type { Change, Lead, RecordedEvent } from '../../shared/lead/index.ts';
import {
  type Appended,
  buildContent,
  type EntryContent,
  mostEvents,
  type StoredLead,
  sameContent,
} from '../../shared/ledger/index.ts';
import type { Delivery } from './deliveries.ts';
import { type Copies, findCopies, type Outcome, type Outcomes } from './outcomes.ts';
import type { CommitPlan, NoCommitPlan } from './plan-commit.ts';
import type { LocatedLead } from './redirections.ts';
import { conflicting } from './rejections.ts';

/** The progress in recording one lead's deliveries. */
export interface Recording {
  /** The lead that records the events: the one that they name, or one that it was merged into. */
  readonly lead: LocatedLead;
  /** The deliveries that have no outcome yet, without copies. */
  readonly pending: readonly Delivery[];
  readonly outcomes: Outcomes;
  readonly copies: Copies;
  /** The most events of the next commit. */
  readonly most: number;
  /** The number of times that another writer was first. */
  readonly conflicts: number;
  /** The conflicts since a delivery was last settled. */
  readonly conflictsInARow: number;
  /** The changes of the lead that are announced, also those by which time was advanced before an event. */
  readonly changes: readonly Change[];
  /** The entries by which time was advanced. */
  readonly advances: number;
  /** Whether history of the lead was settled. */
  readonly settled: boolean;
  /** The error that ended the recording, if one did. It may be there although every delivery has an outcome. */
  readonly failure?: { readonly error: unknown };
}

export const beginRecording = (leadId: string, deliveries: readonly Delivery[]): Recording => {
  const copies = findCopies(deliveries);
  return {
    lead: { leadId, before: undefined, mergedFrom: [] },
    pending: deliveries.filter((delivery) => !copies.has(delivery)),
    outcomes: new Map(),
    copies,
    most: mostEvents,
    conflicts: 0,
    conflictsInARow: 0,
    changes: [],
    advances: 0,
    settled: false,
  };
};

/** Returns the recording with the stored lead as it was just read or written. */
export const withLead = (recording: Recording, before: StoredLead | undefined): Recording => ({
  ...recording,
  lead: { ...recording.lead, before },
});

const settle = (recording: Recording, settled: readonly (readonly [Delivery, Outcome])[]): Recording => {
  if (settled.length === 0) return recording;
  const outcomes = new Map([...recording.outcomes, ...settled]);
  const pending = recording.pending.filter((delivery) => !outcomes.has(delivery));
  return { ...recording, outcomes, pending, conflictsInARow: 0 };
};

/** Returns the outcome of a delivery whose event is stored: other content under the same id is a conflict. */
const outcomeBeside = (stored: EntryContent, { event }: Delivery): Outcome =>
  event.type === 'LeadClockAdvanced' || sameContent(stored, buildContent(event))
    ? { kind: 'duplicate' }
    : { kind: 'rejected', rejection: conflicting(event) };

/** Settles the deliveries whose events the lead's ledger has. */
export const settlePresent = (recording: Recording, present: ReadonlyMap<string, EntryContent>): Recording =>
  settle(
    recording,
    recording.pending.flatMap((delivery): [Delivery, Outcome][] => {
      const stored = present.get(entrySortKey(delivery.event, recording.lead.leadId));
      return stored === undefined ? [] : [[delivery, outcomeBeside(stored, delivery)]];
    }),
  );

/** Returns the changes of an entry that are announced and leave the lead open. */
const listAnnounced = (entry: RecordedEvent): readonly Change[] =>
  entry.kind === 'decided' && !entry.decided.silent ? entry.decided.changes : [];

const isUnsettled = (lead: Lead | undefined): boolean => lead !== undefined && 'announced' in lead;

const settleWritten = (recording: Recording, plan: CommitPlan, head: string): Recording => {
  const { state, entries } = plan.prepared.commit;
  const settled = plan.deliveries.map((delivery, i): [Delivery, Outcome] => [
    delivery,
    { kind: entries[i]?.kind === 'redacted' ? 'redacted' : 'recorded' },
  ]);
  const { dueAt, shadow } = plan.prepared.commit;
  const dueKey = plan.prepared.items.state.dueKey?.S;
  return {
    ...withLead(settle(recording, settled), { ...state, head, dueAt, dueKey, shadow }),
    changes: [...recording.changes, ...entries.flatMap(listAnnounced)],
    advances: recording.advances + entries.filter(({ event }) => event.type === 'LeadClockAdvanced').length,
    settled: recording.settled || (isUnsettled(recording.lead.before) && !isUnsettled(state)),
  };
};

/** Settles an advance of time for which nothing was due. */
export const settleIdle = (recording: Recording, delivery: Delivery): Recording =>
  settle(recording, [[delivery, { kind: 'idle' }]]);

/** Counts a conflict: another writer was first. */
export const settleConflict = (recording: Recording): Recording => {
  const { conflicts, conflictsInARow } = recording;
  return { ...recording, conflicts: conflicts + 1, conflictsInARow: conflictsInARow + 1 };
};

/** Settles the result of a commit. If it settles no delivery, another writer was first. */
export const settleAppended = (recording: Recording, plan: CommitPlan, appended: Appended): Recording => {
  if (appended.kind === 'appended') return settleWritten(recording, plan, appended.head);
  const settled = appended.kind === 'present' ? settlePresent(recording, appended.entries) : recording;
  if (settled !== recording) return settled;
  return settleConflict(recording);
};

/** Settles the delivery that can't be committed, or limits the next commits to one event each. */
export const settleUncommitted = (recording: Recording, plan: NoCommitPlan): Recording => {
  if (plan.kind === 'too-many') return { ...recording, most: 1, conflictsInARow: 0 };
  return settle(recording, [[plan.delivery, { kind: 'rejected', rejection: plan.rejection }]]);
};

/** Settles everything that is pending as failed. */
export const settleFailed = (recording: Recording, error: unknown): Recording => ({
  ...settle(
    recording,
    recording.pending.map((delivery) => [delivery, { kind: 'failed' }]),
  ),
  failure: { error },
});
