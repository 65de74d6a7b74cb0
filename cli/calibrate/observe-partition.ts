import { toLeadEvent } from '../../shared/lead/index.ts';
import { type Observed, observeLead } from '../../shared/outcomes/index.ts';
import { compileModel } from '../../shared/scoring/index.ts';
import { readHistories } from '../histories/read-histories.ts';
import type { PlainTask } from './task.ts';

/** Follows the leads of a partition, in a thread of its own: the model is compiled anew in each. */
export const work = (partition: string, { document, ...task }: PlainTask): Observed[] => {
  const model = compileModel(document);
  return Array.from(readHistories(partition), ({ leadId, events }) =>
    observeLead({ leadId, events: events.map(({ event }) => toLeadEvent(event)) }, { ...task, model }),
  );
};
