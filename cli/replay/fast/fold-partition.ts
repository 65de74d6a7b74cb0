import { writeFileSync } from 'node:fs';
import { stages, tiers } from '../../../events/index.ts';
import { leadRecord } from '../../../shared/as-of/index.ts';
import { advanceTo, isListed, type LeadState } from '../../../shared/lead/index.ts';
import {
  compileModel,
  listSaid,
  type ModelDocument,
  type ScoringModel,
} from '../../../shared/scoring/index.ts';
import { LineWriter } from '../../histories/line-writer.ts';
import { readHistories } from '../../histories/read-histories.ts';
import { formatJson } from '../../output/printable.ts';
import { saidAt } from '../../unread/tally-leads.ts';
import { createUnreadTally, type UnreadTotals } from '../../unread/unread-tally.ts';
import { foldHistory, type RejectedEvent } from './fold-history.ts';
import type { Passing } from './passing.ts';
import { type CountedGroup, RejectionGroups } from './rejection-groups.ts';

export interface FoldPartitionProps {
  /** A checked model. */
  readonly document: ModelDocument;
  readonly passing: Passing;
  /** Whether the leads are written, to the file that `leadsFile` names. */
  readonly writesLeads: boolean;
}

/** The result of one partition in numbers. */
export interface FoldedPartition {
  readonly leads: number;
  readonly changes: number;
  readonly clockEvents: number;
  readonly withHistory: number;
  /** The leads that waited to be settled behind the last event, and those that still do. */
  readonly unsettledBefore: number;
  readonly unsettled: number;
  /** The rejected events, and the copies of them, which aren't duplicates of something recorded. */
  readonly rejected: number;
  readonly rejectedCopies: number;
  readonly byStage: Readonly<Record<string, number>>;
  readonly byTier: Readonly<Record<string, number>>;
  readonly groups: readonly CountedGroup[];
  readonly unread: UnreadTotals;
}

/** Returns the file in which the leads of a partition are written, as records sorted by id. */
export const leadsFile = (partition: string): string => `${partition}.leads`;

/** Counts the leads of a partition and its rejected events. */
class PartitionTally {
  readonly byStage: Record<string, number> = Object.fromEntries(stages.map((stage) => [stage, 0]));
  readonly byTier: Record<string, number> = Object.fromEntries(tiers.map((tier) => [tier, 0]));
  readonly groups = new RejectionGroups();
  readonly unread: ReturnType<typeof createUnreadTally>;
  leads = 0;
  unsettled = 0;
  rejected = 0;
  rejectedCopies = 0;

  constructor(model: ScoringModel) {
    this.unread = createUnreadTally(model);
  }

  addLead(lead: LeadState): void {
    this.leads++;
    if (lead.announced !== undefined) this.unsettled++;
    this.byStage[lead.stage] = (this.byStage[lead.stage] ?? 0) + 1;
    this.byTier[lead.tier] = (this.byTier[lead.tier] ?? 0) + 1;
    for (const said of listSaid(lead.facts)) this.unread.add(said, saidAt(lead.facts, said));
  }

  addRejected({ numbered: { origin = [0, 0, 0], copies = 0 }, rejection }: RejectedEvent): void {
    this.rejected++;
    this.rejectedCopies += copies;
    this.groups.add(origin, rejection, 1 + copies);
  }
}

/** Returns a lead as it is written: as of the instant until which time passes, if there is one. */
const present = (model: ScoringModel, passing: Passing, lead: LeadState): LeadState =>
  passing.kind === 'until' ? advanceTo(model, lead, passing.until).state : lead;

const writeRecords = (partition: string, records: Map<string, string>): void => {
  const file = leadsFile(partition);
  writeFileSync(file, '', { mode: 0o600 });
  const writer = new LineWriter(256 * 1024);
  const sorted = [...records].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  for (const [, line] of sorted) writer.write(file, line);
  writer.flush();
};

/** Folds the histories of a partition. */
export const work = (
  partition: string,
  { document, passing, writesLeads }: FoldPartitionProps,
): FoldedPartition => {
  const model = compileModel(document);
  const tally = new PartitionTally(model);
  const records = new Map<string, string>();
  const totals = { changes: 0, clockEvents: 0, withHistory: 0, unsettledBefore: 0 };
  for (const history of readHistories(partition)) {
    const { leads, rejected, ...counts } = foldHistory(model, history, passing);
    for (const lead of leads.filter(isListed)) {
      tally.addLead(lead);
      if (writesLeads) records.set(lead.leadId, formatJson(leadRecord(present(model, passing, lead))));
    }
    for (const event of rejected) tally.addRejected(event);
    totals.changes += counts.changes;
    totals.clockEvents += counts.clockEvents;
    totals.withHistory += counts.withHistory;
    totals.unsettledBefore += counts.unsettled;
  }
  if (writesLeads) writeRecords(partition, records);
  const { leads, unsettled, rejected, rejectedCopies, byStage, byTier, groups, unread } = tally;
  return {
    ...totals,
    leads,
    unsettled,
    rejected,
    rejectedCopies,
    byStage,
    byTier,
    groups: groups.list(),
    unread: unread.totals(),
  };
};
