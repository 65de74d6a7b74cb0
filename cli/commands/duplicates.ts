import type { Command } from 'commander';
import { dismissPair, readPair } from '../../shared/identity/index.ts';
import { chooseColumns, filledColumns } from '../../shared/people/index.ts';
import { type Duplicate, findDuplicates, identitiesOf } from '../duplicates/find-duplicates.ts';
import { duplicateRecord, formatDuplicates } from '../duplicates/format-duplicates.ts';
import { CliError } from '../errors.ts';
import { note, print, printJson, untilRead } from '../output/print.ts';
import { loadModelsOf } from '../people/models-of.ts';
import { type Connection, type ConnectOptions, withConnection } from '../stack/connect.ts';
import { formatCount } from '../text/format-count.ts';
import { currentUser, notEmpty } from './actor.ts';
import { withConnectionOptions } from './connection.ts';

interface ListOptions extends ConnectOptions {
  readonly all?: true;
  readonly json?: true;
}

const find = async (connection: Connection, { all = false }: { readonly all?: boolean }) => {
  const { dynamodb: client, leadsTable: table } = connection;
  const duplicates = await findDuplicates(connection, all);
  const leads = duplicates.flatMap((duplicate) => duplicate.leads.filter((lead) => lead !== undefined));
  const models = await loadModelsOf({ client, table }, leads);
  const columns = chooseColumns({ asked: undefined, models: [...models.values()] });
  return { duplicates, columns: filledColumns(columns, leads) };
};

const noteNext = ([first]: readonly Duplicate[]): void => {
  if (first === undefined) note('No two leads may be one person, as far as their identifiers say.');
  else {
    note('`sluice merge LEAD into SURVIVOR` makes two leads one, for good.');
    note('`sluice duplicates dismiss LEAD LEAD --reason WHY` says that they are two.');
  }
};

const list = async (options: ListOptions): Promise<void> => {
  const { all = false, json } = options;
  const { duplicates, columns } = await withConnection(options, (connection) => find(connection, { all }));
  if (json) {
    for (const duplicate of duplicates) {
      printJson(duplicateRecord(duplicate, columns));
      await untilRead();
    }
    return;
  }
  if (duplicates.length > 0) {
    print(formatDuplicates({ duplicates, columns, withStatus: all }));
    note(formatCount(duplicates.length, 'pair'));
  }
  noteNext(duplicates);
};

interface DismissOptions extends ConnectOptions {
  readonly reason: string;
  readonly actor: string;
}

const dismiss = async (a: string, b: string, options: DismissOptions): Promise<void> => {
  const { reason, actor: by } = options;
  await withConnection(options, async (connection) => {
    const identities = identitiesOf(connection);
    const pair = await readPair(identities, a, b);
    if (pair === undefined)
      throw new CliError('NO_SUCH_PAIR', `${a} and ${b} are no pair; \`sluice duplicates\` lists them`);
    const at = new Date(connection.now()).toISOString();
    if (!(await dismissPair(identities, pair, { by, reason, at })))
      throw new CliError('PAIR_NOT_OPEN', `the pair of ${a} and ${b} is not suggested, but ${pair.status}`);
  });
  print(`Dismissed: ${a} and ${b} are two. They are not suggested again.`);
};

/** Adds the commands that list leads that may be one person, and that say that two are not. */
export const addDuplicates = (program: Command): void => {
  const duplicates = program
    .command('duplicates')
    .description('list leads that may be one person, and say that two are not');
  withConnectionOptions(
    duplicates
      .command('list', { isDefault: true })
      .description('list pairs of leads that share an identifier, the latest first')
      .option('--all', 'list those too that were merged or dismissed')
      .option('--json', 'print one JSON object a line, and nothing else'),
  ).action(list);
  withConnectionOptions(
    duplicates
      .command('dismiss')
      .description('say that two leads are not one person, so that they are not suggested again')
      .argument('<lead-id>', 'one of the two leads')
      .argument('<other-id>', 'the other one')
      .requiredOption('--reason <text>', 'why, for those who look later', notEmpty)
      .option('--actor <name>', 'who says so (default: the user at this terminal)', notEmpty, currentUser()),
  ).action(dismiss);
};
