import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Command, Option } from 'commander';
import { stages, tiers } from '../../events/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import { orMeant } from '../../shared/suggest/index.ts';
import { type FoundLeads, findLeads, type LeadFilter } from '../leads/find-leads.ts';
import { formatAge, formatLeadRows, formatLeads } from '../leads/format-leads.ts';
import { createFullRecord } from '../leads/full-record.ts';
import { note, print, printCsv, printJson, untilRead } from '../output/print.ts';
import { chooseColumns, filledColumns, type LeadColumn } from '../people/columns.ts';
import { loadModelsOf } from '../people/models-of.ts';
import { type ConnectOptions, withConnection } from '../stack/connect.ts';
import { readStates, readTier } from '../table/read-table.ts';
import { formatCount } from '../text/format-count.ts';
import { withConnectionOptions } from './connection.ts';
import { attributeNames, wholeNumber } from './options.ts';

interface LeadsOptions extends ConnectOptions, LeadFilter {
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

const list = async (options: LeadsOptions): Promise<void> => {
  const { columns: asked, json, csv } = options;
  const { found, models, now } = await withConnection(options, async (connection) => {
    const { dynamodb: client, leadsTable: table } = connection;
    const leads = await findLeads(readTierStates(client, table, options), options);
    return { found: leads, models: await loadModelsOf({ client, table }, leads.best), now: connection.now() };
  });
  const { best } = found;
  const columns = chooseColumns({ asked, models: [...models.values()] });
  if (asked !== undefined) noteEmpty(columns, best);
  if (csv) printCsv(formatLeadRows(best, columns));
  else if (json) {
    const fullRecord = createFullRecord(columns, models);
    for (const state of best) {
      printJson(fullRecord(state));
      await untilRead();
    }
  } else {
    print(formatLeads(best, asked === undefined ? filledColumns(columns, best) : columns));
    note(formatAge(best, now));
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
      .option('--limit <number>', 'the most leads to list', wholeNumber(1, 100_000), 50)
      .addOption(
        new Option('--json', 'print one JSON object a line, with all facts, and nothing else').conflicts(
          'csv',
        ),
      )
      .option('--csv', 'print one lead a line, for spreadsheets, and nothing else'),
  ).action(list);
};
