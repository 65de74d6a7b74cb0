import type { Item } from '../../../../shared/dynamodb/index.ts';
import {
  decideAll,
  type JudgedEvent,
  type LeadState,
  type SignalEvent,
} from '../../../../shared/lead/index.ts';
import { prepareCommit } from '../../../../shared/ledger/index.ts';
import type { ScoringModel } from '../../../../shared/scoring/index.ts';
import { buildSignal } from '../../../support/events.ts';
import { compileDocument, smallDocument } from '../../../support/models.ts';
import { storedAfter } from '../../../support/stored.ts';

/** The stored entries and state of one lead. */
export interface WrittenLedger {
  readonly entries: Item[];
  readonly state: Item;
}

export const small = compileDocument(smallDocument());

/** Writes a ledger, one commit after the other. */
export const writeLedger = (
  commits: readonly (readonly JudgedEvent[])[],
  modelAt: (commit: number) => ScoringModel = () => small,
): WrittenLedger => {
  const entries: Item[] = [];
  let state: Item = {};
  let before: (LeadState & { head: string }) | undefined;
  for (const [i, events] of commits.entries()) {
    const commit = decideAll(modelAt(i), before, events as [JudgedEvent, ...JudgedEvent[]], 0);
    const prepared = prepareCommit(commit);
    entries.push(...prepared.items.entries);
    ({ state } = prepared.items);
    before = storedAfter(prepared);
  }
  return { entries, state };
};

const visit = (day: number): SignalEvent =>
  buildSignal({
    type: 'LeadActivityRecorded',
    data: { activity: day % 3 === 0 ? 'demo_requested' : 'page_visited' },
    at: `2026-03-${String(day).padStart(2, '0')}T09:00:00.000Z`,
    id: `e-${day}`,
  });

/** Writes five commits; the second has three entries, the last two: 1.0, 2.0, 2.1, 2.2, 3.0, 4.0, 5.0, 5.1. */
export const eightEntries = (): WrittenLedger =>
  writeLedger([[1], [2, 3, 4], [5], [6], [7, 8]].map((days) => days.map(visit)));

export const formatItemPosition = ({ version, ordinal }: Item): string => `${version?.N}.${ordinal?.N}`;
