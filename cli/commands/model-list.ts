import type { Command } from 'commander';
import { historyTable, modelsTable, useOf } from '../model/list-words.ts';
import { readModelNamed } from '../model/named-model.ts';
import { withRegistry } from '../model/open-registry.ts';
import { verbatim } from '../output/line.ts';
import { note, print, printJson } from '../output/print.ts';
import { formatJson } from '../output/printable.ts';
import { type ConnectOptions, withConnection } from '../stack/connect.ts';
import { withConnectionOptions } from './connection.ts';
import { wholeNumber } from './options.ts';

interface ListOptions extends ConnectOptions {
  readonly json?: true;
}

/** The most models that are listed. */
const mostModels = 1_000;

const list = (options: ListOptions): Promise<void> =>
  withRegistry(options, async (registry) => {
    const pointer = await registry.readPointer();
    const models = (await registry.list(mostModels)).toSorted((a, b) => b.storedAt.localeCompare(a.storedAt));
    if (options.json)
      for (const model of models) printJson({ ...model, use: useOf(model.modelVersion, pointer) });
    else if (models.length > 0) print(modelsTable(models, pointer));
    if (models.length === 0)
      note('No model is published yet. The deployed one is the first, once a first event is judged.');
    else if (models.length === mostModels) note(`There may be more than these ${mostModels}.`);
  });

const history = (options: ListOptions & { readonly limit: number }): Promise<void> =>
  withRegistry(options, async (registry) => {
    const entries = await registry.history(options.limit);
    if (options.json) for (const entry of entries) printJson(entry);
    else if (entries.length > 0) print(historyTable(entries));
    if (entries.length === 0) note('Nothing was done with models yet.');
  });

const show = (version: string, options: ListOptions): Promise<void> =>
  withConnection(options, async (connection) => {
    const { document } = await readModelNamed(version, connection);
    if (options.json) printJson(document);
    else print(formatJson(document, 2).split('\n').map(verbatim));
  });

/** Adds the commands that show the models of a stack, and what was done with them. */
export const addModelList = (model: Command): void => {
  withConnectionOptions(
    model
      .command('list')
      .description('list the published models, the latest first, and which is active')
      .option('--json', 'print one JSON object a model, and nothing else'),
  ).action(list);
  withConnectionOptions(
    model
      .command('history')
      .description('list what was done with models, by whom and why, the latest first')
      .option('--limit <number>', 'the most entries', wholeNumber(1, 1_000), 50)
      .option('--json', 'print one JSON object an entry, and nothing else'),
  ).action(history);
  withConnectionOptions(
    model
      .command('show')
      .description('print the document of a published model, to be saved and edited')
      .argument('<version>', 'a published model, such as success-ready@5')
      .option('--json', 'print it in one line'),
  ).action(show);
};
