import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { showProblem } from '../../events/index.ts';
import { type ImportSummary, importCsv } from '../import/index.ts';
import { note, print, printJson } from '../output/print.ts';
import { progressBar } from '../output/progress.ts';
import { formatCount } from '../text/format-count.ts';
import { alignedRows } from '../text/table.ts';

interface ImportCommandOptions {
  readonly map: string;
  readonly out: string;
  readonly join: Record<string, string>;
  readonly json?: true;
}

const joinOption = (given: string, before: Record<string, string>): Record<string, string> => {
  const [, name, path] = /^([^=]+)=(.+)$/.exec(given) ?? [];
  if (name === undefined || path === undefined) {
    throw new InvalidArgumentError(
      `given ${JSON.stringify(given)}; allowed: NAME=FILE, the name as in the mapping`,
    );
  }
  return { ...before, [name]: path };
};

const lines = (summary: ImportSummary): string[] => [
  `${formatCount(summary.rows, 'row')} read: ${formatCount(summary.events, 'event')} about ${summary.leads.atLeast ? `${summary.leads.count} or more leads` : formatCount(summary.leads.count, 'lead')} written to ${summary.out}.`,
  ...alignedRows(Object.entries(summary.eventsByType).map(([type, count]) => [`  ${type}`, count])),
  ...summary.joins.map(
    ({ name, matchedRows, unmatchedRows, rejectedRows }) =>
      `Joined ${name}: ${formatCount(matchedRows, 'row')} matched, ${unmatchedRows} unmatched, ${rejectedRows} rejected.`,
  ),
  ...(summary.rejects === undefined
    ? []
    : [`Rows rejected: ${summary.rejectedRows}. All rejected and unmatched rows are in ${summary.rejects}.`]),
  ...(summary.repeatedEvents > 0 ? [`Events that repeat another one: ${summary.repeatedEvents}.`] : []),
];

export const addImport = (program: Command): void => {
  program
    .command('import')
    .description('turn a CSV export of a CRM into events')
    .argument('<file>', 'the CSV file')
    .requiredOption('--map <file>', 'how columns become events (docs/import.md)')
    .requiredOption('--out <file>', 'the file for the events, one JSON object a line')
    .option('--join <name=file>', 'the path of a joined file of the mapping; can be repeated', joinOption, {})
    .option('--json', 'print the summary as one JSON object, and nothing else')
    .action(async (file: string, { map, out, join, json }: ImportCommandOptions) => {
      const interrupt = new AbortController();
      const stop = () => interrupt.abort();
      process.once('SIGINT', stop).once('SIGTERM', stop);
      let bar: ReturnType<typeof progressBar> | undefined;
      const summary = await importCsv({
        file,
        mapping: map,
        out,
        joins: join,
        signal: interrupt.signal,
        onProgress: ({ bytesRead, bytesTotal }) => {
          bar ??= progressBar('Importing', bytesTotal);
          bar.update(bytesRead);
        },
      });
      bar?.stop();
      process.off('SIGINT', stop).off('SIGTERM', stop);
      for (const { file: name, line, reasons } of summary.firstRejects) {
        note(`${basename(name)}:${line}: ${reasons.map(showProblem).join('; ')}`);
      }
      if (json) printJson(summary);
      else print(lines(summary));
    });
};
