import { basename } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { readModelFile } from '../explain/find-model.ts';
import { buildFacts } from '../model/build-facts.ts';
import { checkFile, computeTotals, reportLines } from '../model/check-files.ts';
import { readFactsFile } from '../model/facts-document.ts';
import { type Tried, triedAsRecord, triedInWords, tryOnFacts, tryOnLead } from '../model/try-model.ts';
import { unfitValues } from '../model/unfit-values.ts';
import { unreadNames } from '../model/unread-names.ts';
import { note, print, printJson } from '../output/print.ts';
import type { ConnectOptions } from '../stack/connect.ts';
import { withConnectionOptions } from './connection.ts';
import { loadLead } from './scored-lead.ts';

const check = (files: readonly string[], { json }: { readonly json?: true }): void => {
  const reports = files.map(checkFile);
  const totals = computeTotals(reports);
  if (json) printJson({ ...totals, files: reports });
  else print(reportLines(reports));
  if (totals.errors > 0) process.exitCode = 1;
};

interface TryOptions extends ConnectOptions {
  readonly lead?: string;
  readonly facts?: string;
  readonly json?: true;
}

const onLead = async (file: string, leadId: string, options: ConnectOptions): Promise<Tried> => {
  const model = readModelFile(file);
  return tryOnLead(model, await loadLead(options, leadId));
};

/** The most names that are noted one by one because the model doesn't read them. */
const mostNotes = 10;

const onFacts = (file: string, factsFile: string): Tried => {
  const model = readModelFile(file);
  const facts = buildFacts(readFactsFile(factsFile), factsFile, Date.now());
  const unread = unreadNames(model, facts);
  for (const name of unread.slice(0, mostNotes)) note(`The model does not read ${name} of ${factsFile}.`);
  if (unread.length > mostNotes) note(`Nor does it read ${unread.length - mostNotes} more.`);
  for (const line of unfitValues(model, facts)) note(`${factsFile}: ${line}`);
  return tryOnFacts(model, facts, `The lead of ${basename(factsFile)}`);
};

const tryModel = async (file: string, { lead, facts, json, ...connection }: TryOptions): Promise<void> => {
  if (lead !== undefined && facts !== undefined) {
    throw new UsageError('given --lead and --facts; allowed: one of the two');
  }
  let tried: Tried;
  if (lead !== undefined) tried = await onLead(file, lead, connection);
  else if (facts !== undefined) tried = onFacts(file, facts);
  else throw new UsageError('given neither --lead nor --facts; allowed: one of the two');
  if (json) printJson(triedAsRecord(tried));
  else print(triedInWords(tried));
};

export const addModel = (program: Command): void => {
  const model = program
    .command('model')
    .description('check a scoring model, and try it before you deploy it');
  model
    .command('check')
    .description(
      'report everything that is wrong with models: errors, and warnings of what is probably a mistake',
    )
    .argument('<files...>', 'scoring models')
    .option('--json', 'print one JSON object, and nothing else')
    .action(check);
  withConnectionOptions(
    model
      .command('try')
      .description('show the stage, score and tier that a lead would have by a model; nothing is stored')
      .argument('<file>', 'a scoring model')
      .option('--lead <lead-id>', 'a lead of a running stack')
      .option('--facts <file>', 'a file with the facts of a lead as JSON')
      .option('--json', 'print one JSON object, and nothing else'),
  ).action(tryModel);
};
