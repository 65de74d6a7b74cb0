import { CliError, UsageError } from '../errors.ts';
import { type Connection, type ConnectOptions, connected } from '../stack/connect.ts';
import { note } from '../text/note.ts';
import { type FailureSource, failureSourcesOf, findFailureSources } from './failure-sources.ts';
import { depthOf } from './list-failures.ts';
import { redriveFailedRecords } from './redrive-failed-records.ts';
import { redriveQueue } from './redrive-queue.ts';
import type { Redriven, RedriveProps } from './redriven.ts';
import { redrivenWords } from './words.ts';

export interface RedriveOptions extends ConnectOptions {
  readonly all?: true;
  /** @default all */
  readonly limit?: number;
  /** Seconds. */
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
): Promise<Redriven> => {
  if (failure.kind === 'queue') return redriveQueue(await connection.sqs(), failure, props);
  const clients = { s3: await connection.s3(), lambda: await connection.lambda() };
  return redriveFailedRecords(clients, failure, props);
};

/** A line for whoever collects the logs: what was done, by whom and when, and nothing of what was moved. */
const noteRedrive = (failure: FailureSource, redriven: Redriven, actor: string): void => {
  const at = new Date().toISOString();
  note(JSON.stringify({ level: 'INFO', message: 'redriven', name: failure.name, actor, at, ...redriven }));
};

const sayWhatWould = async (connection: Connection, failure: FailureSource, limit: number): Promise<void> => {
  const { waiting } = await depthOf(connection, failure);
  const what =
    failure.kind === 'queue' ? `messages would be sent to ${failure.source}` : 'objects would be published';
  console.log(`${failure.name}: ${Math.min(waiting, limit)} of ${waiting} ${what}.`);
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
      await sayWhatWould(connection, failure, limit);
      continue;
    }
    const redriven = await redriveOne(connection, failure, { limit, waitMs: wait * 1_000, note });
    console.log(redrivenWords(failure, redriven));
    noteRedrive(failure, redriven, actor);
    left += redriven.left;
  }
  return left;
};

export const redriveFailures = async (names: readonly string[], options: RedriveOptions): Promise<void> => {
  checkNames(names, options.all ?? false);
  const left = await connected(options, (connection) => {
    const sources = failureSourcesOf(connection);
    return redriveAll(connection, options.all ? sources : findFailureSources(sources, names), options);
  });
  if (left > 0)
    throw new CliError(
      'SOMETHING_LEFT',
      `${left} left where they were given up; \`sluice dlq list\` shows where`,
    );
};
