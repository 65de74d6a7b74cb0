import type { Command } from 'commander';
import type { ModelHistoryEntry } from '../../shared/model-store/index.ts';
import { readRescoring } from '../../shared/rescoring/index.ts';
import { describeActivation, describePace } from '../model/activation-words.ts';
import { withRegistry } from '../model/open-registry.ts';
import { note, print, printJson } from '../output/print.ts';
import type { Connection } from '../stack/connect.ts';
import { type ActionOptions, type AuthorOptions, authorOf, withActions, withAuthor } from './model-author.ts';

interface ActivateOptions extends AuthorOptions, ActionOptions {
  readonly expect?: string;
  readonly json?: true;
}

/** Shows what was done first: it is done, also if the pace of what follows can't be read. */
const show = async (
  entry: ModelHistoryEntry,
  { json }: ActivateOptions,
  { dynamodb: client, leadsTable: table, now }: Connection,
): Promise<void> => {
  if (json) {
    printJson(entry);
    return;
  }
  print(describeActivation(entry));
  const rescoring = await readRescoring({ client, table }, now());
  print(describePace(entry, rescoring?.job));
};

/** Says at a terminal how to see beforehand who moves. */
const noteComparison = (active: string | undefined, next: string): void => {
  if (process.stdin.isTTY && active !== undefined && active !== next)
    note(`\`sluice model compare ${active} ${next}\` shows which leads move.`);
};

const activate = (version: string, options: ActivateOptions): Promise<void> =>
  withRegistry(options, async (registry, connection) => {
    const active = (await registry.readPointer())?.active;
    noteComparison(active, version);
    // If two people activate at once, the second gets an error, also if the first was done between the two calls.
    const expected = options.expect ?? active;
    const entry = await registry.activate(version, options.actions, authorOf(options), expected);
    await show(entry, options, connection);
  });

const rollBack = (options: ActivateOptions): Promise<void> =>
  withRegistry(options, async (registry, connection) => {
    const expected = options.expect ?? (await registry.readPointer())?.active;
    await show(await registry.rollBack(options.actions, authorOf(options), expected), options, connection);
  });

const withExpected = (command: Command): Command =>
  withAuthor(
    withActions(command)
      .option('--expect <version>', 'change nothing unless this version is active')
      .option('--json', 'print one JSON object, and nothing else'),
  );

/** Adds the commands that change which model is active. */
export const addModelActivate = (model: Command): void => {
  withExpected(
    model
      .command('activate')
      .description('judge all leads by a published model from now on, and rescore them')
      .argument('<version>', 'a published model, such as success-ready@5'),
  ).action(activate);
  withExpected(
    model
      .command('rollback')
      .description('judge all leads by the model that was active before, and rescore them'),
  ).action(rollBack);
};
