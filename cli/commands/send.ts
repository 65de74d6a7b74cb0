import { PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Command } from 'commander';
import { showProblem } from '../../events/index.ts';
import { readLines } from '../entries/read-lines.ts';
import { sortOut } from '../entries/sort-out.ts';
import { CliError } from '../errors.ts';
import type { Connection, ConnectOptions } from '../stack/connect.ts';
import { note } from '../text/note.ts';
import { connected, withConnectionOptions } from './connection.ts';

const mostEntries = 10;

/** Sends a request and gives how many of its entries the bus did not take. */
const put = async (
  { bus, busName }: Connection,
  entries: readonly PutEventsRequestEntry[],
): Promise<number> => {
  if (entries.length === 0) return 0;
  const answer = await bus.send(
    new PutEventsCommand({ Entries: entries.map((entry) => ({ ...entry, EventBusName: busName })) }),
  );
  for (const { ErrorCode, ErrorMessage } of answer.Entries ?? []) {
    if (ErrorCode !== undefined) note(`the bus refused an event: ${ErrorCode} ${ErrorMessage ?? ''}`);
  }
  return answer.FailedEntryCount ?? 0;
};

const sendFile = async (connection: Connection, file: string): Promise<{ sent: number; refused: number }> => {
  let sent = 0;
  let refused = 0;
  let batch: PutEventsRequestEntry[] = [];
  const flush = async () => {
    const failed = await put(connection, batch);
    sent += batch.length - failed;
    refused += failed;
    batch = [];
  };
  for await (const { number, text } of readLines([file])) {
    const where = `${file}:${number}`;
    const sorted = sortOut(text, where, Date.now());
    if (sorted.kind === 'rejected') {
      refused++;
      note(`${where}: not sent: ${sorted.rejection.problems.map(showProblem).join('; ')}`);
    } else if (batch.push(sorted.entry) >= mostEntries) await flush();
  }
  await flush();
  return { sent, refused };
};

export const addSend = (program: Command): void => {
  withConnectionOptions(
    program
      .command('send')
      .description('put the events of a file on the bus of a running stack')
      .argument('<file>', 'a file with one EventBridge entry as JSON a line; - is standard input'),
  ).action(async (file: string, options: ConnectOptions) => {
    const { sent, refused } = await connected(options, (connection) => sendFile(connection, file));
    console.log(`${sent} events sent${refused > 0 ? `, ${refused} not sent` : ''}.`);
    if (refused > 0)
      throw new CliError('NOT_ALL_SENT', `${refused} events of ${file} were not sent; they are named above`);
  });
};
