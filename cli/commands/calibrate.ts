import type { Command } from 'commander';
import { createModelRegistry } from '../../shared/model-store/index.ts';
import {
  createGathering,
  type DataSet,
  formatCut,
  formatOutcomeRule,
  type Task,
} from '../../shared/outcomes/index.ts';
import type { ModelDocument } from '../../shared/scoring/index.ts';
import { findBase, listBaseFiles } from '../calibrate/find-base.ts';
import { describeSuccess, type Learnt, learn } from '../calibrate/learn.ts';
import { nameModel } from '../calibrate/name-model.ts';
import { observeFiles } from '../calibrate/observe-files.ts';
import { observeTable } from '../calibrate/observe-table.ts';
import { parseRules, type RuleOptions } from '../calibrate/options.ts';
import type { Table } from '../calibrate/read-lead-events.ts';
import { type ReportFile, summariseData } from '../calibrate/report-file.ts';
import { reportInWords } from '../calibrate/report-words.ts';
import { strongestWords } from '../calibrate/strongest-words.ts';
import { UsageError } from '../errors.ts';
import { defaultModelFile, readModelFile } from '../explain/find-model.ts';
import { assertDistinct } from '../files/assert-distinct.ts';
import { assertWritable, writeWhole } from '../files/write-whole.ts';
import { type Line, verbatim } from '../output/line.ts';
import { note, print, printJson } from '../output/print.ts';
import { type Connection, type ConnectOptions, withConnection } from '../stack/connect.ts';
import { loadActive } from '../start/active-model.ts';
import { parseDayOrInstant } from '../text/parse-instant.ts';
import { attributeNames, wholeNumber } from './options.ts';

interface CalibrateOptions extends RuleOptions, Omit<ConnectOptions, 'endpoint'> {
  readonly events?: readonly string[];
  readonly endpoint?: string;
  readonly base?: string;
  readonly out: string;
  readonly report: string;
  readonly as?: string;
  readonly until?: number;
  readonly seed: number;
  readonly sample: number;
  readonly leaveOut?: readonly string[];
  readonly trust?: readonly string[];
  readonly draft?: true;
  readonly json?: true;
}

/** The exit code if something was learnt, or nothing, and it isn't ready to be used. */
const notReady = 3;

/** Runs work with the table of the stack that is asked; with none if the data is in files. */
const withTable = <T>(
  options: CalibrateOptions,
  work: (table: (Table & Pick<Connection, 'now'>) | undefined) => Promise<T>,
): Promise<T> => {
  const { events, endpoint } = options;
  if ((events === undefined) === (endpoint === undefined)) {
    const given = events === undefined ? 'neither --events nor --endpoint' : '--events and --endpoint';
    throw new UsageError(`given ${given}; allowed: one of the two`);
  }
  return endpoint === undefined
    ? work(undefined)
    : withConnection({ ...options, endpoint }, ({ dynamodb: client, leadsTable: table, now }) =>
        work({ client, table, now }),
      );
};

const gather = async (
  task: Task,
  table: Table | undefined,
  { events = [], sample: most, seed }: CalibrateOptions,
): Promise<DataSet> => {
  const gathering = createGathering({ ...task, most, seed });
  const { model, ...plain } = task;
  if (table === undefined) await observeFiles(events, { ...plain, document: model.document }, gathering.add);
  else await observeTable(table, task, gathering.add);
  return gathering.finish();
};

const buildReport = (
  { task, base }: { readonly task: Task; readonly base: ModelDocument | undefined },
  { seed, within }: CalibrateOptions,
  data: DataSet,
  { calibration, lanes, exampleFigures }: Learnt,
): ReportFile => {
  const { document, report } = calibration;
  return {
    settings: {
      outcome: formatOutcomeRule(task.rule),
      within,
      cut: formatCut(task.cut),
      seed,
      ...(base !== undefined && { base: `${base.id}@${base.version}` }),
    },
    data: summariseData(data),
    lanes,
    exampleFigures,
    ...(document !== undefined && { model: `${document.id}@${document.version}` }),
    calibration: report,
  };
};

const toText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Writes the report, and the model if it may be written. Returns whether the model was. */
const writeResults = async (
  { out, report: reportFile, draft }: CalibrateOptions,
  report: ReportFile,
  document: ModelDocument | undefined,
): Promise<boolean> => {
  const isWritten = document !== undefined && (report.calibration.ready || draft === true);
  await writeWhole(reportFile, toText(report));
  if (isWritten) await writeWhole(out, toText(document));
  return isWritten;
};

/** Returns what a model without a base doesn't have, and what becomes of that. */
const missingPolicy = (base: string | undefined): Line[] =>
  base === undefined
    ? [
        'It has no policy: activated as it is, it would hand off nobody, and end the hand-offs and the nurture that run.',
        'Give it one first (docs/models.md#policy), or calibrate with --base, which keeps the policy of that model.',
      ]
    : [];

const nextLines = (
  { out, report, base, events }: CalibrateOptions,
  { model, calibration: { ready } }: ReportFile,
  isWritten: boolean,
): Line[] => {
  const written = isWritten
    ? `${model} is in ${out}${ready ? '' : ', a draft that is not ready to be used'}`
    : `no model was written${model === undefined ? '' : '; with --draft it is, to be looked at'}`;
  const data = events === undefined ? '--endpoint URL' : `--events ${events.join(' ')}`;
  return [
    '',
    `The report is in ${report}; ${written}.`,
    ...(isWritten
      ? [
          ...missingPolicy(base),
          'Next, read it and change what you know better. Then:',
          verbatim(`  npx sluice model check ${out}`),
          verbatim(`  npx sluice model compare ${base ?? 'success-ready@5'} ${out} ${data}`),
          ...(ready
            ? [
                verbatim(`  npx sluice model publish ${out} --by NAME --reason TEXT`),
                verbatim(`  npx sluice model activate ${model} --by NAME --reason TEXT`),
              ]
            : []),
        ]
      : []),
  ];
};

const runCalibrate = async (options: CalibrateOptions): Promise<void> => {
  const { events = [], out, report: reportFile, json, seed, leaveOut = [], trust: trusted = [] } = options;
  const rules = parseRules(options);
  await assertDistinct([...events, ...listBaseFiles(options.base)], [out, reportFile]);
  for (const file of [out, reportFile]) await assertWritable(file);
  await withTable(options, async (table) => {
    const found = options.base === undefined ? undefined : await findBase(options.base, table);
    const base = found?.document;
    const name = nameModel(options.as, base, describeSuccess(rules));
    const task: Task = { ...rules, model: found ?? readModelFile(defaultModelFile), until: options.until };
    const data = await gather(task, table, options);
    const active = table && (await loadActive(createModelRegistry(table)))?.document;
    const learnt = learn(data, { task, name, base, active, seed, leaveOut, trusted });
    const { document } = learnt.calibration;
    const report = buildReport({ task, base }, options, data, learnt);
    const isWritten = await writeResults(options, report, document);
    if (json) printJson(report);
    else print(reportInWords(report, document === undefined ? [] : strongestWords(document)));
    const next = nextLines(options, report, isWritten);
    if (json) note(next.filter((line) => line !== ''));
    else print(next);
    if (!report.calibration.ready) process.exitCode = notReady;
  });
};

export const addCalibrate = (program: Command): void => {
  program
    .command('calibrate')
    .description('learn a scoring model from outcomes, and say how good it is and whether it is ready')
    .option('--events <files...>', 'learn from files of events; - is standard input')
    .option('--endpoint <url>', 'learn from the ledgers of a stack: the URL of a local one, or aws')
    .option('--outputs <file>', 'with --endpoint aws: the file that `npm run deploy` wrote')
    .option('--deployment <name>', 'with --endpoint aws: one of several deployments in that file')
    .requiredOption(
      '--outcome <rule>',
      'what counts as a success: an outcome, such as won, or a rule, such as "(renewed or expanded) and not churned"',
    )
    .requiredOption('--within <days>', 'the time after the cut within which it has to come, such as 90d')
    .requiredOption(
      '--cut <when>',
      'when leads are judged: as they first come to a stage, such as mql, or created; mql+7d is 7 days later',
    )
    .option('--base <model>', 'the model in use, a file or a version: its words stay, its points change')
    .requiredOption('--out <file>', 'the file for the model')
    .requiredOption('--report <file>', 'the file for all that was found, as JSON')
    .option('--as <id@version>', 'the id and version of the model (default: the next version of the base)')
    .option('--until <when>', 'take the data as it was at this day or instant, in UTC', parseDayOrInstant)
    .option('--lanes-within <days>', 'the time after a win by which lanes are measured (default: --within)')
    .option(
      '--sample <leads>',
      'learn from a random sample of at most so many leads; without --until it also draws leads whose time is not over',
      wholeNumber(100, 1_000_000),
      100_000,
    )
    .option('--seed <number>', 'the seed of all that is drawn at random', wholeNumber(), 1)
    .option(
      '--leave-out <names>',
      'make no criterion of these fields, separated by commas; criteria of the base that read them give no points',
      attributeNames,
    )
    .option(
      '--trust <names>',
      'use these fields though they look like leaks: you have looked',
      attributeNames,
    )
    .option('--draft', 'write the model even if it is not ready')
    .option('--json', 'print the report as one JSON object, and nothing else')
    .action(runCalibrate);
};
