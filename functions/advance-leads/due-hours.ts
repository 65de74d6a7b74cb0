import { hourMs } from '../../events/index.ts';
import { computeWaitingSince, type DueItem, type ReadDueItems } from '../../shared/clock/index.ts';
import { listDueKeys } from '../../shared/keys/index.ts';
import { logger } from '../../shared/lambda/index.ts';
import { buildDueMessage } from './due-message.ts';
import { type SendMessagesDeps, sendMessages } from './send-messages.ts';

export interface SendDueHoursDeps extends SendMessagesDeps {
  readonly readDueItems: ReadDueItems;
}

/** The result of the hours that a run has read. */
export interface SentHours {
  /** The last hour of those that are done, in milliseconds since 1970; undefined if none is. */
  readonly doneHour: number | undefined;
  /** The time since the oldest instant that was found due, in milliseconds; 0 if nothing was. */
  readonly lagMs: number;
}

/**
 * The time after the end of an hour in which items may still turn up in it: the index lags behind the table, and so does
 * the clock of whoever writes.
 */
const settlingMs = hourMs;

const buildMessages = (items: readonly DueItem[]) => {
  const messages = items.flatMap((item) => buildDueMessage(item) ?? []);
  const unknown = items.length - messages.length;
  if (unknown > 0) logger.warn('items due of an unknown kind', { items: unknown });
  return messages;
};

/** Sends a message for each item that is due, hour by hour, the oldest first. @param from the first hour to read */
export const sendDueHours = async (deps: SendDueHoursDeps, from: number, now: number): Promise<SentHours> => {
  let waitingSince = now;

  const sendPartition = async (dueKey: string, hour: number): Promise<boolean> => {
    let isComplete = true;
    for await (const items of deps.readDueItems(dueKey, now)) {
      for (const { dueAt } of items) waitingSince = Math.min(waitingSince, computeWaitingSince(dueAt, hour));
      if (!(await sendMessages(deps, buildMessages(items)))) isComplete = false;
      if (deps.budget.isSpent()) break;
    }
    return isComplete && !deps.budget.isSpent();
  };

  let doneHour: number | undefined;
  let isUnbroken = true;
  for (let hour = from; hour <= now && !deps.budget.isSpent(); hour += hourMs) {
    const sent = await Promise.all(listDueKeys(hour).map((dueKey) => sendPartition(dueKey, hour)));
    isUnbroken &&= sent.every(Boolean) && hour + hourMs + settlingMs < now;
    if (isUnbroken) doneHour = hour;
  }
  return { doneHour, lagMs: now - waitingSince };
};
