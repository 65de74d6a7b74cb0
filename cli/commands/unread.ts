import type { Command } from 'commander';
import { createStoredModels } from '../../shared/model-store/index.ts';
import { readModelFile } from '../explain/find-model.ts';
import { note, print, printJson } from '../output/print.ts';
import { type ConnectOptions, withConnection } from '../stack/connect.ts';
import { readStates } from '../table/read-table.ts';
import { formatCount } from '../text/format-count.ts';
import { alignedRows } from '../text/table.ts';
import { tallyLeads, type UnreadByModel } from '../unread/tally-leads.ts';
import { describeUnread } from '../unread/unread-words.ts';
import { withConnectionOptions } from './connection.ts';
import { wholeNumber } from './options.ts';

interface UnreadOptions extends ConnectOptions {
  readonly model?: string;
  readonly limit: number;
  readonly json?: true;
}

const formatModel = ({ model, leads, names, dropped }: UnreadByModel, limit: number): string[] => {
  const of = `${formatCount(leads, 'lead')} judged by ${model}`;
  if (names.length === 0) return [`Rules read all that is known of ${of}.`];
  const left = names.length + dropped - limit;
  return [
    `Known of ${of}, but gives no points:`,
    '',
    ...alignedRows([
      ['name', 'leads', 'last said', 'such as', 'why'],
      ...names
        .slice(0, limit)
        .map((unread) => [
          `${unread.bag}.${unread.name}`,
          unread.times,
          new Date(unread.lastAt).toISOString().slice(0, 10),
          unread.examples.join(', '),
          describeUnread(unread),
        ]),
    ]),
    ...(left > 0 ? [`and ${left} more; --limit shows more`] : []),
  ];
};

export const addUnread = (program: Command): void => {
  withConnectionOptions(
    program
      .command('unread')
      .description(
        'list names and values that came in and that no rule of the model reads, such as typing errors',
      )
      .option('--model <file>', 'a scoring model in place of the one that judged each lead')
      .option('--limit <number>', 'the most names to list', wholeNumber(1, 1_000), 50)
      .option('--json', 'print one JSON object, and nothing else'),
  ).action(async ({ model: file, limit, json, ...options }: UnreadOptions) => {
    const given = file === undefined ? undefined : readModelFile(file);
    const { byModel, withoutModel } = await withConnection(
      options,
      ({ dynamodb: client, leadsTable: table }) =>
        tallyLeads(
          readStates(client, table),
          given === undefined ? createStoredModels({ client, table }) : async () => given,
        ),
    );
    if (json) {
      printJson({ models: byModel, withoutModel });
      return;
    }
    if (byModel.length === 0 && withoutModel === 0) print('No leads are known yet.');
    for (const of of byModel) print([...formatModel(of, limit), '']);
    if (withoutModel > 0) {
      note(
        `${formatCount(withoutModel, 'lead')} left out: the model that judged them is not stored; name one with --model`,
      );
    }
  });
};
