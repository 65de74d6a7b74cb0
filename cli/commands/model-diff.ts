import type { Command } from 'commander';
import { diffModels } from '../../shared/model-diff/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { formatDifferences } from '../model/diff-words.ts';
import { isModelVersion, type ModelStack, readModelNamed } from '../model/named-model.ts';
import { print, printJson } from '../output/print.ts';
import { type ConnectOptions, withConnection } from '../stack/connect.ts';
import { withConnectionOptions } from './connection.ts';

interface DiffOptions extends ConnectOptions {
  readonly json?: true;
}

type Pair = readonly [ScoringModel, ScoringModel];

const readBoth = async (before: string, after: string, stack?: ModelStack): Promise<Pair> => [
  await readModelNamed(before, stack),
  await readModelNamed(after, stack),
];

const diff = async (before: string, after: string, options: DiffOptions): Promise<void> => {
  const isStackNeeded = [before, after].some(isModelVersion);
  const [was, is] = isStackNeeded
    ? await withConnection(options, (connection) => readBoth(before, after, connection))
    : await readBoth(before, after);
  const differences = diffModels(was.document, is.document);
  if (options.json) printJson({ before: was.version, after: is.version, differences });
  else print(formatDifferences(before, after, differences));
};

/** Adds the command that says in words what differs between two models. */
export const addModelDiff = (model: Command): void => {
  withConnectionOptions(
    model
      .command('diff')
      .description('say in words what differs between two models')
      .argument('<before>', 'a file, or a published model such as success-ready@5')
      .argument('<after>', 'another one')
      .option('--json', 'print one JSON object, and nothing else'),
  ).action(diff);
};
