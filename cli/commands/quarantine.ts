import { type Command, Option } from 'commander';
import { showValue } from '../../events/index.ts';
import { createDynamoDbEraser } from '../../shared/ledger/index.ts';
import {
  createDynamoDbQuarantineAdmin,
  type QuarantineAdmin,
  type QuarantineRecord,
  quarantineStatuses,
} from '../../shared/quarantine/index.ts';
import { CliError, UsageError } from '../errors.ts';
import { note, print, printJson, printRaw, untilRead } from '../output/print.ts';
import { buildErasure } from '../quarantine/build-erasure.ts';
import { discardEvents } from '../quarantine/discard-events.ts';
import { buildFilter, dayOrInstant, type FilterOptions } from '../quarantine/filters.ts';
import { formatListRow, listHeading } from '../quarantine/format-list.ts';
import { formatRecord } from '../quarantine/format-record.ts';
import { noteOtherIds, replayEvents } from '../quarantine/replay-events.ts';
import { readOne, type SelectOptions, select } from '../quarantine/select.ts';
import { type Connection, type ConnectOptions, withConnection } from '../stack/connect.ts';
import { formatCount } from '../text/format-count.ts';
import { readText } from '../text/read-text.ts';
import { currentUser, notEmpty } from './actor.ts';
import { withConnectionOptions } from './connection.ts';

const openAdmin = ({ dynamodb, quarantineTable }: Connection) =>
  createDynamoDbQuarantineAdmin(dynamodb, quarantineTable);

const withFilters = (command: Command): Command =>
  command
    .option('--code <code>', 'only those rejected with this code, such as malformed')
    .option('--lead <lead-id>', 'only those whose `leadId` is this')
    .option('--source <source>', 'only those from this source')
    .addOption(
      new Option('--status <status>', 'only those of this status')
        .choices([...quarantineStatuses, 'all'])
        .default('open'),
    )
    .option('--since <instant>', 'only those that came since this day or instant, in UTC', dayOrInstant);

const withActor = (command: Command): Command =>
  command.option('--actor <name>', 'the person who does it, for the audit', notEmpty, currentUser());

const list = async (options: ConnectOptions & FilterOptions & { readonly json?: true }): Promise<void> => {
  let found = 0;
  let times = 0;
  await withConnection(options, async (connection) => {
    for await (const event of openAdmin(connection).list(buildFilter(options))) {
      if (found++ === 0 && !options.json) print(listHeading);
      times += event.times;
      if (options.json) printJson(event);
      else print(formatListRow(event));
      await untilRead();
    }
  });
  note(
    found === 0
      ? 'No quarantined events match.'
      : `${formatCount(found, 'different event')}, which came ${formatCount(times, 'time')}; \`sluice quarantine show ID\` shows one.`,
  );
};

interface ShowOptions extends ConnectOptions {
  readonly raw?: true;
  readonly json?: true;
}

const show = async (id: string, options: ShowOptions): Promise<void> => {
  const record = await withConnection(options, (connection) => readOne(openAdmin(connection), id));
  if (options.json) printJson(record);
  else if (!options.raw) print(formatRecord(record));
  else if (record.body !== undefined) printRaw(record.body);
  else throw new CliError('ERASED', `the text of ${record.id} was erased`);
};

interface ReplayOptions extends ConnectOptions, SelectOptions {
  readonly event?: string;
  readonly erase?: string;
  readonly force?: true;
  readonly dryRun?: true;
  readonly actor: string;
}

/** Returns the request to erase the other lead of a merge with an erased lead. */
const requestErasure = async (
  { dynamodb: client, leadsTable: table, now }: Connection,
  record: QuarantineRecord,
  leadId: string,
  force: boolean,
): Promise<string> => {
  const erasure = buildErasure(record, leadId, now());
  if (record.status !== 'open' && !force)
    throw new CliError(
      'DECIDED',
      `--erase: ${record.id} is ${record.status}, so somebody has decided about it (--force requests the erasure anyway)`,
    );
  // A slip would erase nobody, and close the merge.
  if (await createDynamoDbEraser({ client, table }).isErased(leadId))
    throw new UsageError(
      `--erase: given ${showValue(leadId)}, which was erased before; allowed: the lead that was not. If both were, discard the event`,
    );
  return JSON.stringify(erasure);
};

/** Returns the text to replay in place of the quarantined event, if one is given or requested. */
const correctedText = async (
  connection: Connection,
  admin: QuarantineAdmin,
  [id]: readonly string[],
  { event, erase, force }: ReplayOptions,
): Promise<string | undefined> => {
  if (id === undefined || (event === undefined && erase === undefined)) return undefined;
  const record = await readOne(admin, id);
  if (erase !== undefined) return requestErasure(connection, record, erase, force === true);
  const text = readText(event as string);
  noteOtherIds(record, text);
  return text;
};

const formatReplayed = (replayed: number, refused: number, { erase, dryRun }: ReplayOptions): string => {
  if (erase !== undefined && refused === 0)
    return dryRun
      ? `The erasure of ${erase} would be requested. It can't be undone.`
      : `Requested the erasure of ${erase}.`;
  const count = replayed === 0 ? 'No event' : formatCount(replayed, 'event');
  const left = refused === 0 ? '' : dryRun ? `; ${refused} would not` : `; ${refused} not`;
  return `${count} ${dryRun ? 'would be replayed' : 'replayed'}${left}.`;
};

const replay = async (ids: readonly string[], options: ReplayOptions): Promise<void> => {
  const { event, erase, actor, force = false, dryRun = false } = options;
  if (event !== undefined && erase !== undefined)
    throw new UsageError('given both --event and --erase; allowed: one of the two');
  for (const [name, given] of Object.entries({ '--event': event, '--erase': erase })) {
    if (given !== undefined && ids.length !== 1)
      throw new UsageError(`${name}: given with ${ids.length} ids; allowed: one id, whose event it replaces`);
  }
  const { replayed, refused } = await withConnection(options, async (connection) => {
    const admin = openAdmin(connection);
    const corrected = await correctedText(connection, admin, ids, options);
    const props = { connection, admin, actor, force, dryRun, corrected };
    return replayEvents(props, select(admin, ids, options));
  });
  print(formatReplayed(replayed, refused, options));
  if (refused > 0)
    throw new CliError(
      'NOT_ALL_REPLAYED',
      `not replayed: ${formatCount(refused, 'event')}, named above with the reasons`,
    );
};

interface DiscardOptions extends ConnectOptions, SelectOptions {
  readonly reason: string;
  readonly actor: string;
}

const discard = async (ids: readonly string[], options: DiscardOptions): Promise<void> => {
  const { discarded, left } = await withConnection(options, (connection) => {
    const admin = openAdmin(connection);
    return discardEvents({ admin, now: connection.now, ...options }, select(admin, ids, options));
  });
  print(`${formatCount(discarded, 'event')} discarded.`);
  if (left > 0)
    throw new CliError('NOT_ALL_DISCARDED', `not discarded: ${formatCount(left, 'event')}, named above`);
};

export const addQuarantine = (program: Command): void => {
  const quarantine = program
    .command('quarantine')
    .description('list and show rejected events, and replay or discard them');
  withConnectionOptions(
    withFilters(
      quarantine
        .command('list')
        .description(
          'list rejected events, one line each, with how often they came and why they were rejected',
        )
        .option('--json', 'print one JSON object a line, and nothing else'),
    ),
  ).action(list);
  withConnectionOptions(
    quarantine
      .command('show')
      .description(
        'show a rejected event: why it was rejected, when and how often it came, what was done, and the event',
      )
      .argument('<id>', 'its id, or the beginning of the id')
      .option('--raw', 'print the text as it came, and nothing else')
      .option('--json', 'print one JSON object, and nothing else'),
  ).action(show);
  withConnectionOptions(
    withActor(
      withFilters(
        quarantine
          .command('replay')
          .description(
            'put rejected events on the bus again under the same ids: the ledger records each once, however often it is replayed',
          )
          .argument('[ids...]', 'their ids, or the beginnings of the ids')
          .option('--all', 'all that match the filters')
          .option('--event <file>', 'replay this corrected event in place of the one that came')
          .option(
            '--erase <lead-id>',
            'for a merge with an erased lead: request the erasure of this lead, the other one of the two',
          )
          .option('--force', 'replay also events that would be rejected again')
          .option('--dry-run', 'only print what would be done'),
      ),
    ),
  ).action(replay);
  withConnectionOptions(
    withActor(
      withFilters(
        quarantine
          .command('discard')
          .description(
            'mark rejected events as not to be corrected; their texts are deleted when they expire',
          )
          .argument('[ids...]', 'their ids, or the beginnings of the ids')
          .option('--all', 'all that match the filters')
          .requiredOption('--reason <text>', 'why, for the audit', notEmpty),
      ),
    ),
  ).action(discard);
};
