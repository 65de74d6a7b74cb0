import { hash } from 'node:crypto';
import { type Action, type ActionEvent, hourMs } from '../../events/index.ts';
import { type HandoffRequest, positionOf } from '../../shared/ledger/index.ts';

/** One hand-off for one place in a lead's history: announcements of one entry, and a second delivery, give the same id. */
export const newHandoffId = ({ data }: ActionEvent): string =>
  `h-${hash('sha256', `${data.leadId}\n${positionOf(data)}`, 'hex').slice(0, 24)}`;

/** The due time counts from what happened, not from when this runs: a retry must not move it. */
export const requestOf = (
  event: ActionEvent,
  { queue, dueHours }: Extract<Action, { kind: 'handoff' }>,
): HandoffRequest => ({
  handoffId: newHandoffId(event),
  queue,
  dueAt: new Date(Date.parse(event.metadata.occurredAt) + dueHours * hourMs).toISOString(),
});
