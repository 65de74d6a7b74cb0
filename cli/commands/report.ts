import { type Command, Option } from 'commander';
import {
  createBasis,
  makeReport,
  readLeads,
  type TierSource,
  tierSources,
} from '../../shared/report/index.ts';
import { UsageError } from '../errors.ts';
import { defaultModelFile, readModelFile } from '../explain/find-model.ts';
import { print, printCsv, printJson } from '../output/print.ts';
import { buildRecords, toCsvRows } from '../report/records.ts';
import { formatReport } from '../report/text/format-report.ts';
import { type ConnectOptions, withConnection } from '../stack/connect.ts';
import { parseDayOrInstant } from '../text/parse-instant.ts';
import { withConnectionOptions } from './connection.ts';
import { aboutAt, wholeNumber } from './options.ts';

interface ReportOptions extends ConnectOptions {
  readonly model?: string;
  readonly tiers: TierSource;
  readonly at?: number;
  readonly stuckDays: number;
  readonly limit: number;
  readonly json?: true;
  readonly csv?: true;
}

/** Returns the instant of the report. @throws UsageError if it is yet to come: a report is on what has happened */
const chooseInstant = (at: number | undefined, now: number): number => {
  if (at === undefined || at <= now) return at ?? now;
  const [given, latest] = [at, now].map((instant) => new Date(instant).toISOString());
  throw new UsageError(
    `--at: given ${given}, which is yet to come; allowed: an instant up to now, ${latest}`,
  );
};

export const addReport = (program: Command): void => {
  withConnectionOptions(
    program
      .command('report')
      .description('report on all leads: effort by tier, wins, time in each stage, leads that are stuck')
      .option('--model <file>', 'a scoring model in place of the default one')
      .addOption(
        new Option(
          '--tiers <source>',
          'tiers as the model judges them from what had happened, or as they were recorded',
        )
          .choices(tierSources)
          .default('judged'),
      )
      .option('--at <when>', `${aboutAt}; no later than now`, parseDayOrInstant)
      .option(
        '--stuck-days <number>',
        'days after which a lead is stuck at a stage that too few have left',
        wholeNumber(1, 36_500),
        30,
      )
      .option('--limit <number>', 'the most stuck leads to list', wholeNumber(0, 1_000), 10)
      .addOption(new Option('--json', 'print one JSON object, and nothing else').conflicts('csv'))
      .option('--csv', 'print one figure a line, for spreadsheets, and nothing else'),
  ).action(async (options: ReportOptions) => {
    const { model = defaultModelFile, tiers, at, json, csv } = options;
    const judging = readModelFile(model);
    const report = await withConnection(options, (connection) => {
      const basis = createBasis({ model: judging, tiers, now: chooseInstant(at, connection.now()) });
      return makeReport(readLeads(connection.dynamodb, connection.leadsTable), basis, options);
    });
    if (csv) printCsv(toCsvRows(buildRecords(report)));
    else if (json) printJson(report);
    else print(formatReport(report));
  });
};
