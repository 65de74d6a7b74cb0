import { type DueKind, type DueMessage, dueKinds } from './due-message.ts';
import { mostTogether, type SendDue } from './due-queues.ts';
import type { RunBudget } from './run-budget.ts';

/** The numbers of messages that a run has sent so far. Several partitions are read at once and share them. */
interface RunTally {
  readonly sent: Record<DueKind, number>;
  failed: number;
}

export interface SendMessagesDeps {
  readonly send: SendDue;
  readonly budget: RunBudget;
  readonly tally: RunTally;
}

const splitIntoBatches = (messages: readonly DueMessage[]): DueMessage[][] =>
  Array.from({ length: Math.ceil(messages.length / mostTogether) }, (_, i) =>
    messages.slice(i * mostTogether, (i + 1) * mostTogether),
  );

/** Sends messages in their order, kind by kind, within the budget. Returns whether the queues took all of them. */
export const sendMessages = async (
  { send, budget, tally }: SendMessagesDeps,
  messages: readonly DueMessage[],
): Promise<boolean> => {
  let isComplete = true;
  for (const kind of dueKinds) {
    for (const batch of splitIntoBatches(messages.filter((message) => message.kind === kind))) {
      const allowed = batch.slice(0, budget.take(batch.length));
      const sent = allowed.length === 0 ? 0 : await send(kind, allowed);
      tally.sent[kind] += sent;
      tally.failed += allowed.length - sent;
      if (sent < batch.length) isComplete = false;
      if (allowed.length < batch.length) return false;
    }
  }
  return isComplete;
};
