import { isCanary } from '../../events/index.ts';
import { walkTable } from '../../shared/ledger/index.ts';
import { type Observed, observeLead, type Task } from '../../shared/outcomes/index.ts';
import { itemCount } from '../audit/item-count.ts';
import { progressBar } from '../output/progress.ts';
import { readLeadEvents, type Table } from './read-lead-events.ts';

/** The segments of the table that are read at once. */
const segments = 4;

/**
 * Follows all leads of a table by their ledgers. A lead that was merged into another one is part of that one. What is
 * written meanwhile may be in it or not; each lead is as it was at one moment.
 */
export const observeTable = async (
  table: Table,
  task: Task,
  add: (observed: Observed) => void,
): Promise<void> => {
  const bar = progressBar('Reading ledgers', await itemCount(table.client, table.table));
  let items = 0;
  const observeSegment = async (segment: number): Promise<void> => {
    for await (const walked of walkTable(table.client, table.table, { segment, segments })) {
      items += walked.entries.length + 1;
      bar.update(items);
      if (isCanary(walked.leadId)) {
        add({ leftOut: 'canary' });
        continue;
      }
      const read = await readLeadEvents(table, walked);
      if (read === 'erased') add({ leftOut: 'erased' });
      else if (read !== 'merged into another')
        add(observeLead({ leadId: walked.leadId, events: read.events }, task));
    }
  };
  try {
    await Promise.all(Array.from({ length: segments }, (_, segment) => observeSegment(segment)));
  } finally {
    bar.stop();
  }
};
