import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Command } from 'commander';
import { parseInbound, type Rejection } from '../../events/index.ts';
import { formatProblem, parseEntry } from '../../shared/entries/index.ts';
import { asHistory } from '../entries/as-history.ts';
import { putSeparately } from '../entries/put-separately.ts';
import { formatOrigin, readEntries } from '../entries/read-entries.ts';
import { CliError } from '../errors.ts';
import { readModelFile } from '../explain/find-model.ts';
import { findStackModel } from '../explain/stack-model.ts';
import { note, print } from '../output/print.ts';
import { type Connection, type ConnectOptions, withConnection } from '../stack/connect.ts';
import { formatCount } from '../text/format-count.ts';
import { tallyAccepted } from '../unread/said-in-event.ts';
import { createUnreadTally, type UnreadTally } from '../unread/unread-tally.ts';
import { warnOfUnread } from '../unread/unread-words.ts';
import { withConnectionOptions } from './connection.ts';
import { aboutIdentity, fileOfEvents } from './event-words.ts';

interface SendOptions extends ConnectOptions {
  readonly model?: string;
  readonly backfill?: true;
}

/** The most events that are put on the bus together; `putSeparately` splits them into requests. */
const mostTogether = 100;

interface Waiting {
  readonly where: string;
  readonly entry: PutEventsRequestEntry;
}

/** Sends the waiting events, and notes those that the bus did not accept after all retries. */
const put = async (connection: Connection, waiting: readonly Waiting[]): Promise<number> => {
  const refused = await putSeparately(
    connection,
    waiting.map(({ entry }) => entry),
  );
  for (const [index, why] of refused) note(`${waiting[index]?.where}: not sent: ${why}`);
  return refused.size;
};

const formatReasons = ({ problems }: Rejection): string => problems.map(formatProblem).join('; ');

const sendFile = async (
  connection: Connection,
  file: string,
  unread: UnreadTally | undefined,
  backfill: boolean,
): Promise<{ sent: number; refused: number }> => {
  let sent = 0;
  let refused = 0;
  let waiting: Waiting[] = [];
  const flush = async () => {
    const failed = await put(connection, waiting);
    sent += waiting.length - failed;
    refused += failed;
    waiting = [];
  };
  for await (const given of readEntries([file])) {
    const where = formatOrigin(given);
    const now = connection.now();
    const asGiven = parseEntry(given, now);
    const parsed = backfill ? asHistory(asGiven) : asGiven;
    if (parsed.kind === 'rejected') {
      refused++;
      note(`${where}: not sent: ${formatReasons(parsed.rejection)}`);
      continue;
    }
    const judged = parseInbound(parsed.event, now);
    if (!judged.ok) note(`${where}: will be quarantined: ${formatReasons(judged.rejection)}`);
    else if (unread !== undefined) tallyAccepted(unread, judged.event);
    if (waiting.push({ where, entry: parsed.entry }) >= mostTogether) await flush();
  }
  await flush();
  return { sent, refused };
};

export const addSend = (program: Command): void => {
  withConnectionOptions(
    program
      .command('send')
      .description('put the events of a file on the bus of a running stack')
      .argument('<file>', fileOfEvents)
      .option(
        '--model <file>',
        "the scoring model whose names the events are compared with (default: the stack's)",
      )
      .option('--backfill', 'send the events as history, which announces nothing on the way')
      .addHelpText('after', ['', ...aboutIdentity].join('\n')),
  ).action(async (file: string, options: SendOptions) => {
    const { sent, refused } = await withConnection(options, async (connection) => {
      const given = options.model === undefined ? undefined : readModelFile(options.model);
      const model = given ?? (await findStackModel(connection));
      const unread = model && createUnreadTally(model);
      const counts = await sendFile(connection, file, unread, options.backfill === true);
      if (model !== undefined && unread !== undefined) {
        note(warnOfUnread(unread.totals(), model.version, 'event'));
      }
      return counts;
    });
    const asWhat = options.backfill ? ' as history' : '';
    print(`${formatCount(sent, 'event')} sent${asWhat}${refused > 0 ? `, ${refused} not sent` : ''}.`);
    if (options.backfill && sent > 0)
      print(
        'They announce nothing; each lead is announced once, as it stands, a quarter of an hour from now.',
      );
    if (refused > 0)
      throw new CliError(
        'NOT_ALL_SENT',
        `${formatCount(refused, 'event')} of ${file} not sent; the reasons are above`,
      );
  });
};
