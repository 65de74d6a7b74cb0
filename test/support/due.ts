import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { BusEvent } from '../../events/index.ts';
import { type AdvanceLeadsDeps, advanceLeads } from '../../functions/advance-leads/advance-leads.ts';
import type { SendDue } from '../../functions/advance-leads/due-queues.ts';
import { createLeadPageReader } from '../../functions/advance-leads/leads-without-due-time.ts';
import { createClockProgress, createDueItemReader } from '../../shared/clock/index.ts';
import { type Item, S } from '../../shared/dynamodb/index.ts';
import { buildDueKey, type Key } from '../../shared/keys/index.ts';

/** Stores an item that is due at an instant, as if it were written at `writtenAt`; without `dueAt`, one that isn't due. */
export const plant = async (
  client: DynamoDBClient,
  table: string,
  { pk, sk }: Key,
  dueAt?: string,
  { writtenAt = 0, ...more }: { readonly writtenAt?: number; readonly more?: Item } = {},
): Promise<void> => {
  const due = dueAt !== undefined && {
    dueAt: S(dueAt),
    dueKey: S(buildDueKey(pk, Date.parse(dueAt), writtenAt)),
  };
  const Item = { pk: S(pk), sk: S(sk), ...due, ...more.more };
  await client.send(new PutItemCommand({ TableName: table, Item }));
};

/** Queues that record what they take; `takes` says how many of a batch that is. */
export const createRecordingQueues = (
  takes: (batch: readonly BusEvent[]) => number = (all) => all.length,
) => {
  const sent: BusEvent[] = [];
  const send: SendDue = async (_kind, messages) => {
    const events = messages.map(({ event }) => event);
    const taken = events.slice(0, takes(events));
    sent.push(...taken);
    return taken.length;
  };
  return { sent, send };
};

/** Returns a run of advance-leads over a table. */
export const createClock = (
  client: DynamoDBClient,
  table: string,
  deps: Pick<AdvanceLeadsDeps, 'send' | 'now'> & Partial<AdvanceLeadsDeps>,
) =>
  advanceLeads({
    readDueItems: createDueItemReader(client, table),
    readLeadPage: createLeadPageReader(client, table),
    progress: createClockProgress(client, table),
    ...deps,
  });
