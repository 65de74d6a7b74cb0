import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { showProblem, showValue } from '../../events/index.ts';
import { compileDateFormat } from '../../shared/mapping/index.ts';
import { UsageError } from '../errors.ts';
import { defaultModelFile, readModelFile } from '../explain/find-model.ts';
import { type ImportSummary, importCsv, initMapping, type RejectGroup } from '../import/index.ts';
import { verbatim } from '../output/line.ts';
import { note, print, printJson } from '../output/print.ts';
import { formatJson } from '../output/printable.ts';
import { progressBar } from '../output/progress.ts';
import { formatCount } from '../text/format-count.ts';
import { alignedRows } from '../text/table.ts';
import { tallyEvent } from '../unread/said-in-event.ts';
import { createUnreadTally } from '../unread/unread-tally.ts';
import { warnOfUnread } from '../unread/unread-words.ts';

/** The exit code when more rows were rejected than `--max-rejected` allows. */
const tooManyRejected = 3;

interface ImportCommandOptions {
  readonly map?: string;
  readonly out?: string;
  readonly init?: true;
  readonly asOf?: string;
  readonly join?: Record<string, string>;
  readonly maxRejected: number;
  readonly model: string;
  readonly json?: true;
  readonly live?: true;
}

const joinOption = (given: string, before: Record<string, string> = {}): Record<string, string> => {
  const [, name, path] = /^([^=]+)=(.+)$/.exec(given) ?? [];
  if (name === undefined || path === undefined) {
    throw new InvalidArgumentError(
      `given ${showValue(given)}; allowed: NAME=FILE, the name as in the mapping`,
    );
  }
  return { ...before, [name]: path };
};

const percentOption = (given: string): number => {
  const percent = given.trim() === '' ? Number.NaN : Number(given);
  if (percent >= 0 && percent <= 100) return percent;
  throw new InvalidArgumentError(`given ${showValue(given)}; allowed: a percentage from 0 to 100`);
};

const rejectLines = ({ rejects, rejectedRows, joins }: ImportSummary): string[] => {
  if (rejects === undefined) return [];
  const rejected = joins.reduce((sum, join) => sum + join.rejectedRows, rejectedRows);
  const unmatched = joins.reduce((sum, join) => sum + join.unmatchedRows, 0);
  const kinds = [...(rejected > 0 ? ['rejected'] : []), ...(unmatched > 0 ? ['unmatched'] : [])].join(
    ' and ',
  );
  return [
    ...(rejectedRows > 0 ? [`Rows rejected: ${rejectedRows}.`] : []),
    `All ${kinds} rows are in ${rejects}.`,
  ];
};

/** Returns what is announced of the events, and what isn't. */
const historyLines = ({ history, events }: ImportSummary): string[] =>
  history === 0
    ? []
    : [
        `History, from rows older than a day: ${formatCount(history, 'event')}${history === events ? '' : ` of ${events}`}. ` +
          'They announce nothing; each lead is announced once, as it stands, a quarter of an hour after its last one.',
      ];

const lines = (summary: ImportSummary): string[] => [
  `${formatCount(summary.rows, 'row')} read: ${formatCount(summary.events, 'event')} about ${summary.leads.atLeast ? `${summary.leads.count} or more leads` : formatCount(summary.leads.count, 'lead')} written to ${summary.out}.`,
  ...alignedRows(Object.entries(summary.eventsByType).map(([type, count]) => [`  ${type}`, count])),
  ...summary.joins.map(
    ({ name, matchedRows, unmatchedRows, rejectedRows }) =>
      `Joined ${name}: ${formatCount(matchedRows, 'row')} matched, ${unmatchedRows} unmatched, ${rejectedRows} rejected.`,
  ),
  ...summary.passedOver.map(
    ({ event, column, count }) =>
      `Passed over, since ${showValue(column)} is empty, or holds what the mapping omits: ${count} of ${event}.`,
  ),
  ...historyLines(summary),
  ...rejectLines(summary),
  ...(summary.repeatedEvents > 0 ? [`Events that repeat another one: ${summary.repeatedEvents}.`] : []),
];

/** The most reasons that are shown. `--json` has them all. */
const mostReasons = 20;

const describeReason = ({ file, path, given, allowed, rows, lines: places }: RejectGroup): string => {
  const more = rows > places.length ? ', …' : '';
  const where = `${places.length === 1 ? 'line' : 'lines'} ${places.join(', ')}${more}`;
  const reason = showProblem({ path, given: given.join(', '), allowed });
  return `${basename(file)}: ${formatCount(rows, 'row')}: ${reason} (${where})`;
};

const reasonLines = ({ reasons }: ImportSummary): string[] => [
  ...reasons.slice(0, mostReasons).map(describeReason),
  ...(reasons.length > mostReasons ? [`and ${reasons.length - mostReasons} more reasons`] : []),
];

/** Returns a line for each file of which more rows were rejected than may be. */
const excessLines = (summary: ImportSummary, file: string, percent: number): string[] =>
  [{ file, rows: summary.rows, rejectedRows: summary.rejectedRows }, ...summary.joins]
    .filter(({ rows, rejectedRows }) => rejectedRows * 100 > rows * percent)
    .map(
      ({ file: name, rows, rejectedRows }) =>
        `${rejectedRows} of ${formatCount(rows, 'row')} of ${basename(name)} were rejected, more than ${percent}% ` +
        '(--max-rejected). The events of the other rows were written.',
    );

/** Reads the instant of an export: a day, or a day and a time, in UTC unless it has an offset. */
const asOfOption = (given: string): string => {
  const at = compileDateFormat('iso')?.read(given.trim());
  if (at !== undefined && at <= Date.now()) return new Date(at).toISOString();
  throw new InvalidArgumentError(
    `given ${showValue(given)}; allowed: a day or an instant that is past, such as 2026-03-01 or 2026-03-01T09:00:00Z`,
  );
};

/** The options that say how an import is done. */
const importOnly = ['out', 'asOf', 'join', 'maxRejected', 'live', 'model', 'json'] as const;

/** Throws if options were given beside `--init` that would do nothing. */
const assertInitAlone = (command: Command): void => {
  const flags = command.options
    .filter((option) => importOnly.some((name) => name === option.attributeName()))
    .filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli')
    .map(({ long }) => long ?? '');
  if (flags.length === 0) return;
  throw new UsageError(`given ${new Intl.ListFormat('en-GB').format(flags)} with --init; allowed: --map`);
};

/** Prints a first mapping of files, or writes it where no file is yet. */
const printFirstMapping = async (files: readonly string[], path: string | undefined): Promise<void> => {
  const { mapping, remarks } = await initMapping(files);
  const text = formatJson(mapping, 2);
  if (path === undefined) print(text.split('\n').map(verbatim));
  else {
    await writeFile(path, `${text}\n`, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
      throw new UsageError(`${path} is there already; --init replaces no file`);
    });
    print(`The first mapping was written to ${path}.`);
  }
  note(remarks);
};

export const addImport = (program: Command): void => {
  program
    .command('import')
    .description('turn a CSV export of a CRM into events')
    .argument('<file>', 'the CSV file')
    .argument('[joined...]', 'with --init: further CSV files, which are joined to it')
    .option('--init', 'write a first mapping of the files, to --map or standard output')
    .option('--map <file>', 'how columns become events (docs/import.md)')
    .option('--out <file>', 'the file for the events, one JSON object a line')
    .option(
      '--as-of <instant>',
      'the instant for which the files tell the state of things, for totals',
      asOfOption,
    )
    .option('--join <name=file>', 'the path of a joined file of the mapping; can be repeated', joinOption)
    .option(
      '--max-rejected <percent>',
      'the share of rejected rows of a file above which the exit code is 3',
      percentOption,
      10,
    )
    .option('--live', 'announce what rows older than a day change, too, instead of loading them as history')
    .option('--model <file>', 'the scoring model whose names the events are compared with', defaultModelFile)
    .option('--json', 'print the summary as one JSON object, and nothing else')
    .action(
      async (file: string, others: readonly string[], options: ImportCommandOptions, command: Command) => {
        const { map, out, join, maxRejected, json, init, asOf, live, model: modelFile } = options;
        if (init) {
          assertInitAlone(command);
          return printFirstMapping([file, ...others], map);
        }
        if (others.length > 0)
          throw new UsageError('one CSV file is imported; others are joined with --join');
        if (map === undefined) throw new UsageError('--map is missing; --init writes a first mapping');
        if (out === undefined) throw new UsageError('--out is missing: the file for the events');
        const model = readModelFile(modelFile);
        const unread = createUnreadTally(model);
        const interrupt = new AbortController();
        const stop = () => interrupt.abort();
        process.once('SIGINT', stop).once('SIGTERM', stop);
        let bar: ReturnType<typeof progressBar> | undefined;
        const summary = await importCsv({
          file,
          mapping: map,
          out,
          joins: join,
          asOf,
          live,
          signal: interrupt.signal,
          onEntry: (entry) => tallyEvent(unread, entry),
          onProgress: ({ bytesRead, bytesTotal }) => {
            bar ??= progressBar('Importing', bytesTotal);
            bar.update(bytesRead);
          },
        }).finally(() => {
          bar?.stop();
          process.off('SIGINT', stop).off('SIGTERM', stop);
        });
        note([...summary.remarks, ...reasonLines(summary)]);
        const totals = unread.totals();
        note(warnOfUnread(totals, model.version, 'event'));
        if (json) printJson({ ...summary, unread: totals.names, unreadMore: totals.dropped });
        else print(lines(summary));
        const excess = excessLines(summary, file, maxRejected);
        note(excess);
        if (excess.length > 0) process.exitCode = tooManyRejected;
      },
    );
};
