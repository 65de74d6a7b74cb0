import { CliError, UsageError } from '../errors.ts';
import { note, print } from '../output/print.ts';
import { formatJson } from '../output/printable.ts';
import { type Connection, type ConnectOptions, withConnection } from '../stack/connect.ts';
import { type FailureSource, findFailureSources, listFailureSources } from './failure-sources.ts';
import { formatRedriveResult } from './format-redrive-result.ts';
import { readDepth } from './list-failures.ts';
import { redriveFailedRecords } from './redrive-failed-records.ts';
import { redriveQueue } from './redrive-queue.ts';
import type { RedriveProps, RedriveResult } from './redrive-result.ts';

export interface RedriveOptions extends ConnectOptions {
  readonly all?: true;
  /** @default all */
  readonly limit?: number;
  /** The time to wait for messages that come back, in seconds. */
  readonly wait: number;
  readonly dryRun?: true;
  readonly actor: string;
}

const checkNames = (names: readonly string[], all: boolean): void => {
  if (all && names.length > 0) throw new UsageError('given both names and --all; allowed: one of the two');
  if (!all && names.length === 0)
    throw new UsageError('given no names; allowed: names as `sluice dlq list` shows them, or --all');
};

const redriveOne = async (
  connection: Connection,
  failure: FailureSource,
  props: RedriveProps,
): Promise<RedriveResult> => {
  if (failure.kind === 'queue') return redriveQueue(await connection.sqs(), failure, props);
  const clients = { s3: await connection.s3(), lambda: await connection.lambda() };
  return redriveFailedRecords(clients, failure, props);
};

/** Writes a log line: what was done, by whom and when, without the contents of what was moved. */
const noteRedrive = (failure: FailureSource, result: RedriveResult, actor: string): void => {
  const at = new Date().toISOString();
  note(formatJson({ level: 'INFO', message: 'redriven', name: failure.name, actor, at, ...result }));
};

const printDryRun = async (connection: Connection, failure: FailureSource, limit: number): Promise<void> => {
  const { waiting } = await readDepth(connection, failure);
  const what =
    failure.kind === 'queue' ? `messages would be sent to ${failure.source}` : 'objects would be published';
  print(`${failure.name}: ${Math.min(waiting, limit)} of ${waiting} ${what}.`);
};

/** Redrives the failure sources one after the other and returns how much is left in all of them. */
const redriveAll = async (
  connection: Connection,
  sources: readonly FailureSource[],
  { limit = Number.POSITIVE_INFINITY, wait, dryRun, actor }: RedriveOptions,
): Promise<number> => {
  let left = 0;
  for (const failure of sources) {
    if (dryRun) {
      await printDryRun(connection, failure, limit);
      continue;
    }
    const result = await redriveOne(connection, failure, { limit, waitMs: wait * 1_000, note });
    print(formatRedriveResult(failure, result));
    noteRedrive(failure, result, actor);
    left += result.left;
  }
  return left;
};

export const redriveFailures = async (names: readonly string[], options: RedriveOptions): Promise<void> => {
  checkNames(names, options.all ?? false);
  const left = await withConnection(options, (connection) => {
    const sources = listFailureSources(connection);
    return redriveAll(connection, options.all ? sources : findFailureSources(sources, names), options);
  });
  if (left > 0)
    throw new CliError(
      'SOMETHING_LEFT',
      `${left} dead letters or failed records are left; \`sluice dlq list\` shows where`,
    );
};
