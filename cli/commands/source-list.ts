import type { Command } from 'commander';
import { readSources as readDocuments } from '../../shared/source-documents/index.ts';
import { joinSources, readSources } from '../../shared/source-status/index.ts';
import { note, print, printJson } from '../output/print.ts';
import { defaultSourcesFolder } from '../source/read-source.ts';
import { formatSources, sourceRecord } from '../source/source-words.ts';
import { type ConnectOptions, withConnection } from '../stack/connect.ts';
import { sourcesFolderOutput } from '../stack/run-stack.ts';
import { withConnectionOptions } from './connection.ts';

interface ListOptions extends ConnectOptions {
  readonly sources?: string;
  readonly json?: true;
}

const list = (options: ListOptions): Promise<void> =>
  withConnection(options, async ({ dynamodb, output, outputs, now }) => {
    // A local stack knows its folder. A deployment has only what was made of the documents.
    const folder = options.sources ?? outputs[sourcesFolderOutput] ?? defaultSourcesFolder;
    const documents = readDocuments(folder);
    const found = joinSources(documents, await readSources(dynamodb, output('RequestsTableName')), now());
    if (options.json) for (const source of found) printJson(sourceRecord(source));
    else if (found.length > 0) print(formatSources(found, now()));
    if (found.length === 0) note(`${folder} has no source documents, and nothing has come.`);
  });

/** Adds the command that lists sources and what has come from them. */
export const addSourceList = (source: Command): void => {
  withConnectionOptions(
    source
      .command('list')
      .description('list the sources of a running stack: what has come from each, and what was refused')
      .option(
        '--sources <folder>',
        'the folder of the source documents (default: that of the local stack, else that of Sluice)',
      )
      .option('--json', 'print one JSON object a line, and nothing else'),
  ).action(list);
};
