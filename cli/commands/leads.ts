import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Command, Option } from 'commander';
import { stages, tiers } from '../../events/index.ts';
import { asOfRecord } from '../../shared/as-of/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import { orMeant } from '../../shared/suggest/index.ts';
import { createModels, type Models } from '../as-of/models.ts';
import { itemCount } from '../audit/item-count.ts';
import { type FoundLeads, findLeads, type LeadFilter } from '../leads/find-leads.ts';
import { formatAsOf, formatLeadRows, formatLeads } from '../leads/format-leads.ts';
import { createFullRecord } from '../leads/full-record.ts';
import { formatCounts, readLeadsFuture, readLeadsPast } from '../leads/read-leads-as-of.ts';
import { type ListedLead, viewLead } from '../leads/view-leads.ts';
import { note, print, printCsv, printJson, untilRead } from '../output/print.ts';
import { progressBar } from '../output/progress.ts';
import { chooseColumns, filledColumns, type LeadColumn } from '../people/columns.ts';
import { loadModelsOf } from '../people/models-of.ts';
import { type Connection, type ConnectOptions, withConnection } from '../stack/connect.ts';
import { readStates, readTier } from '../table/read-table.ts';
import { formatCount } from '../text/format-count.ts';
import { parseDayOrInstant } from '../text/parse-instant.ts';
import { withConnectionOptions } from './connection.ts';
import { aboutAt, attributeNames, wholeNumber } from './options.ts';

interface LeadsOptions extends ConnectOptions, LeadFilter {
  readonly at?: number;
  readonly columns?: readonly string[];
  readonly json?: true;
  readonly csv?: true;
}

/** Reads one tier through its index, and scans the table otherwise. */
const readTierStates = (
  client: DynamoDBClient,
  table: string,
  { tier }: LeadsOptions,
): AsyncIterable<LeadState> =>
  tier === undefined || tier === 'none' ? readStates(client, table) : readTier(client, table, tier);

/** Says which of the attributes that were asked for no listed lead has: the name may be misspelt. */
const noteEmpty = (columns: readonly LeadColumn[], leads: readonly LeadState[]): void => {
  const filled = new Set(filledColumns(columns, leads));
  const names = [...new Set(leads.flatMap(({ facts }) => Object.keys(facts.attributes)))].toSorted();
  for (const column of columns) {
    if (filled.has(column) || leads.length === 0) continue;
    note(`--columns: ${orMeant(`no listed lead has the attribute ${column.name}`, column.name, names)}`);
  }
};

const noteLeft = ({ best, total, left }: FoundLeads): void => {
  if (total > best.length) note(`${best.length} of ${total} leads; --limit shows more`);
  const parts = [
    ...(left.customers > 0 ? [`${formatCount(left.customers, 'customer')} (--customers)`] : []),
    ...(left.recycled > 0 ? [`${formatCount(left.recycled, 'lead')} that sales gave back (--recycled)`] : []),
  ];
  if (parts.length > 0) note(`Not listed: ${parts.join(' and ')}.`);
};

/** Finds the leads by what is stored of them: their tiers as they were last announced, which an index has. */
const findStored = ({ dynamodb, leadsTable }: Connection, options: LeadsOptions): Promise<FoundLeads> =>
  findLeads(readTierStates(dynamodb, leadsTable, options), options);

/** Finds the leads by how they stood, or will stand, at an instant: all are read. */
const findAsOf = async (
  connection: Connection,
  options: LeadsOptions,
  models: Models,
  { at, tense }: { readonly at: number; readonly tense: 'past' | 'future' },
): Promise<FoundLeads> => {
  const bar = progressBar('Reading', await itemCount(connection.dynamodb, connection.leadsTable));
  const counts = { read: 0, items: 0, unjudged: 0, erased: 0 };
  const props = { at, models, counts, onItem: () => bar.update(counts.items) };
  try {
    const read = tense === 'past' ? readLeadsPast : readLeadsFuture;
    return await findLeads(read(connection, props), options);
  } finally {
    bar.stop();
    note(formatCounts(counts, tense));
  }
};

/** Finds the leads to list, and shows each as of the instant that is asked. */
const find = async (connection: Connection, options: LeadsOptions) => {
  const { dynamodb: client, leadsTable: table } = connection;
  const models = createModels({ client, table });
  const now = connection.now();
  const { at = now } = options;
  const tense = at === now ? 'present' : at < now ? 'past' : 'future';
  const when = { at, tense } as const;
  const found =
    tense === 'present'
      ? await findStored(connection, options)
      : await findAsOf(connection, options, models, { at, tense });
  const listed: ListedLead[] = [];
  const bar = progressBar('Looking ahead', found.best.length);
  for (const lead of found.best) {
    listed.push(await viewLead(models, lead, when));
    bar.update(listed.length);
  }
  bar.stop();
  return { found, listed, documents: await loadModelsOf({ client, table }, found.best), when };
};

const list = async (options: LeadsOptions): Promise<void> => {
  const { columns: asked, json, csv } = options;
  const { found, listed, documents, when } = await withConnection(options, (connection) =>
    find(connection, options),
  );
  const { best } = found;
  const columns = chooseColumns({ asked, models: [...documents.values()] });
  if (asked !== undefined) noteEmpty(columns, best);
  if (csv) printCsv(formatLeadRows(listed, columns));
  else if (json) {
    const fullRecord = createFullRecord(columns, documents);
    for (const lead of listed) {
      printJson({ ...fullRecord(lead.state), ...asOfRecord(lead), storedTier: lead.storedTier });
      await untilRead();
    }
  } else {
    print(formatLeads(listed, asked === undefined ? filledColumns(columns, best) : columns));
    note(formatAsOf(listed, when));
  }
  noteLeft(found);
};

export const addLeads = (program: Command): void => {
  withConnectionOptions(
    program
      .command('leads')
      .description('list the leads of a running stack: the best tier first, and in it the highest score')
      .addOption(new Option('--stage <stage>', 'only those at this stage').choices(stages))
      .addOption(new Option('--tier <tier>', 'only those of this tier').choices(tiers))
      .option('--customers', 'list customers too')
      .option('--recycled', 'list leads too that sales gave back')
      .option(
        '--columns <names>',
        "attributes to show, such as name,company,owner (default: those that the model's `show` names)",
        attributeNames,
      )
      .option('--at <when>', `${aboutAt}; reads every lead`, parseDayOrInstant)
      .option('--limit <number>', 'the most leads to list', wholeNumber(1, 100_000), 50)
      .addOption(
        new Option('--json', 'print one JSON object a line, with all facts, and nothing else').conflicts(
          'csv',
        ),
      )
      .option('--csv', 'print one lead a line, for spreadsheets, and nothing else'),
  ).action(list);
};
