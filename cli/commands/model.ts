import { basename } from 'node:path';
import type { Command } from 'commander';
import { showValue } from '../../events/index.ts';
import { buildFacts } from '../../shared/facts-document/index.ts';
import { createFindUnread, listSaid } from '../../shared/scoring/index.ts';
import { readLeadAsOf } from '../as-of/read-lead-as-of.ts';
import { formatOrigin } from '../entries/read-entries.ts';
import { UsageError } from '../errors.ts';
import { readModelFile } from '../explain/find-model.ts';
import { readCameInEvents, readCameInLeads } from '../model/came.ts';
import { checkFile, computeTotals, reportLines } from '../model/check-files.ts';
import { type Comparison, compareWithData, formatComparison } from '../model/compare-with-data.ts';
import { readFactsFile } from '../model/facts-document.ts';
import { type Tried, triedAsRecord, triedInWords, tryOnFacts, tryOnLead } from '../model/try-model.ts';
import { note, print, printJson } from '../output/print.ts';
import { type ConnectOptions, defaultEndpoint, withConnection } from '../stack/connect.ts';
import { readStates } from '../table/read-table.ts';
import { parseDayOrInstant } from '../text/parse-instant.ts';
import { describeUnread } from '../unread/unread-words.ts';
import { withConnectionOptions } from './connection.ts';
import { addModelActivate } from './model-activate.ts';
import { addModelCompare } from './model-compare.ts';
import { addModelDiff } from './model-diff.ts';
import { addModelList } from './model-list.ts';
import { addModelPublish } from './model-publish.ts';
import { addModelShadow } from './model-shadow.ts';
import { aboutAt } from './options.ts';

interface CheckOptions extends Partial<ConnectOptions> {
  readonly events?: readonly string[];
  readonly json?: true;
}

/** Compares a model with the events of files, or with the leads of a stack. */
const compare = async (file: string, { events, endpoint, outputs }: CheckOptions): Promise<Comparison> => {
  const model = readModelFile(file);
  if (events !== undefined) {
    let passedOver = 0;
    let first: string | undefined;
    const came = readCameInEvents(events, (entry) => {
      passedOver++;
      first ??= formatOrigin(entry);
    });
    const comparison = await compareWithData(model, 'event', came);
    if (first !== undefined) {
      const are = passedOver === 1 ? 'entry of the files is no event' : 'entries of the files are no events';
      note(`${passedOver} ${are} of a known type, the first at ${first}`);
    }
    return comparison;
  }
  return withConnection({ endpoint: endpoint ?? defaultEndpoint, outputs }, ({ dynamodb, leadsTable }) =>
    compareWithData(model, 'lead', readCameInLeads(readStates(dynamodb, leadsTable))),
  );
};

const check = async (files: readonly string[], options: CheckOptions): Promise<void> => {
  const { events, endpoint, json } = options;
  const withData = events !== undefined || endpoint !== undefined;
  if (events !== undefined && endpoint !== undefined) {
    throw new UsageError('given --events and --endpoint; allowed: one of the two');
  }
  const [file, ...others] = files;
  if (withData && (file === undefined || others.length > 0)) {
    throw new UsageError(`given ${files.length} models; allowed: one, to compare it with what came in`);
  }
  const reports = files.map(checkFile);
  const totals = computeTotals(reports);
  const comparison =
    withData && file !== undefined && totals.errors === 0 ? await compare(file, options) : undefined;
  if (json) printJson({ ...totals, files: reports, ...(comparison && { comparison }) });
  else print([...reportLines(reports), ...(comparison === undefined ? [] : formatComparison(comparison))]);
  if (totals.errors > 0) process.exitCode = 1;
};

interface TryOptions extends ConnectOptions {
  readonly lead?: string;
  readonly facts?: string;
  readonly at?: number;
  readonly json?: true;
}

const onLead = async (file: string, leadId: string, { at, ...options }: TryOptions): Promise<Tried> => {
  const model = readModelFile(file);
  return tryOnLead(
    model,
    await withConnection(options, (connection) => readLeadAsOf(connection, leadId, { at })),
  );
};

/** The most facts that are noted one by one because the model doesn't read them. */
const mostNotes = 10;

const onFacts = (file: string, factsFile: string, at: number | undefined): Tried => {
  const model = readModelFile(file);
  const facts = buildFacts(readFactsFile(factsFile), Date.now());
  const findUnread = createFindUnread(model.document);
  const unread = listSaid(facts).flatMap((said) => findUnread(said) ?? []);
  for (const { bag, name, value, ...why } of unread.slice(0, mostNotes)) {
    const shown = value === undefined ? '' : ` ${showValue(value)}`;
    note(`${factsFile}: ${bag}.${name}${shown} gives no points: ${describeUnread(why)}`);
  }
  if (unread.length > mostNotes) note(`${factsFile}: ${unread.length - mostNotes} more give no points`);
  return tryOnFacts(model, facts, `The lead of ${basename(factsFile)}`, at);
};

const tryModel = async (file: string, options: TryOptions): Promise<void> => {
  const { lead, facts, at, json } = options;
  if (lead !== undefined && facts !== undefined) {
    throw new UsageError('given --lead and --facts; allowed: one of the two');
  }
  let tried: Tried;
  if (lead !== undefined) tried = await onLead(file, lead, options);
  else if (facts !== undefined) tried = onFacts(file, facts, at);
  else throw new UsageError('given neither --lead nor --facts; allowed: one of the two');
  if (json) printJson(triedAsRecord(tried));
  else print(triedInWords(tried));
};

export const addModel = (program: Command): void => {
  const model = program
    .command('model')
    .description('check scoring models, try them, and choose the one by which leads are judged');
  model
    .command('check')
    .description(
      'report everything that is wrong with models: errors, and warnings of what is probably a mistake',
    )
    .argument('<files...>', 'scoring models')
    .option(
      '--events <file>',
      'compare one model with the names and values in a file of events; more than once for several files',
      (file: string, files: readonly string[] = []) => [...files, file],
    )
    .option('--endpoint <url>', 'compare one model with the leads of a stack: the URL of a local one, or aws')
    .option('--outputs <file>', 'with --endpoint aws: the file that `cdk deploy --outputs-file` wrote')
    .option('--json', 'print one JSON object, and nothing else')
    .action(check);
  withConnectionOptions(
    model
      .command('try')
      .description(
        'show the stage, score and tier that a lead would have by a model, and what becomes of them by itself; nothing is stored',
      )
      .argument('<file>', 'a scoring model')
      .option('--lead <lead-id>', 'a lead of a running stack')
      .option('--facts <file>', 'a file with the facts of a lead as JSON')
      .option('--at <when>', aboutAt, parseDayOrInstant)
      .option('--json', 'print one JSON object, and nothing else'),
  ).action(tryModel);
  for (const add of [
    addModelCompare,
    addModelDiff,
    addModelPublish,
    addModelActivate,
    addModelShadow,
    addModelList,
  ])
    add(model);
};
