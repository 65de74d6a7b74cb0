import { dayMs } from '../../events/index.ts';
import type { Row } from '../../shared/calibration/index.ts';
import type { Task } from '../../shared/outcomes/index.ts';
import { bankEvents, hasBank } from '../fixtures/outcomes/bank.ts';
import { gather } from '../fixtures/outcomes/gather.ts';
import { hasOlist, olistEvents } from '../fixtures/outcomes/olist.ts';
import type { SentEvent } from '../support/histories.ts';
import { successReady } from '../support/models.ts';

/** Returns the rows of events at the cut, in the order of time, with the wins of so many days. */
const readRows = (events: Iterable<SentEvent>, withinDays: number): readonly Row[] => {
  const task: Task = {
    rule: { kind: 'outcome', outcome: 'won' },
    cut: { from: 'mql', plusMs: 0 },
    withinMs: withinDays * dayMs,
    customerMs: withinDays * dayMs,
    model: successReady(),
  };
  return gather(events, task).rows.toSorted((a, b) => a.at - b.at);
};

/** Real leads in the order of time; `read` is undefined if the files aren't on this machine. */
export const realData = {
  'bank-full': hasBank ? () => readRows(bankEvents(), 7) : undefined,
  'Olist, won in 90 days': hasOlist ? () => readRows(olistEvents(), 90) : undefined,
};
