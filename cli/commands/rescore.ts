import type { Command } from 'commander';
import { createModelRegistry } from '../../shared/model-store/index.ts';
import {
  paceLimits,
  pauseRescoring,
  type RescoringProgress,
  readRescoring,
  resumeRescoring,
  setRescoringPace,
  startRescoring,
} from '../../shared/rescoring/index.ts';
import { wait } from '../../shared/retry/index.ts';
import { CliError } from '../errors.ts';
import { print, printJson } from '../output/print.ts';
import { describeRescoring, toRecord } from '../rescore/rescoring-words.ts';
import { wakeRescoring } from '../rescore/wake-rescoring.ts';
import { watchRescoring } from '../rescore/watch-rescoring.ts';
import { type Connection, type ConnectOptions, withConnection } from '../stack/connect.ts';
import { formatCount } from '../text/format-count.ts';
import { withConnectionOptions } from './connection.ts';
import { wholeNumber } from './options.ts';

interface StatusOptions extends ConnectOptions {
  readonly watch?: true;
  readonly json?: true;
}

interface StartOptions extends ConnectOptions {
  readonly rate?: number;
}

const tableOf = ({ dynamodb: client, leadsTable: table }: Connection) => ({ client, table });

/** @throws CliError `NO_RESCORING` */
const read = async (connection: Connection): Promise<RescoringProgress> => {
  const progress = await readRescoring(tableOf(connection), connection.now());
  if (progress !== undefined) return progress;
  throw new CliError(
    'NO_RESCORING',
    'there is no rescoring: the first model judges every lead, and `sluice model activate` rescores them by another',
  );
};

const show = (options: StatusOptions): Promise<void> =>
  withConnection(options, async (connection) => {
    const look = () => read(connection);
    const progress = options.watch ? await watchRescoring({ read: look, wait }) : await look();
    if (options.json) printJson(toRecord(progress));
    else print(describeRescoring(progress, connection.now()));
  });

const start = ({ rate, ...options }: StartOptions): Promise<void> =>
  withConnection(options, async (connection) => {
    const { dynamodb: client, leadsTable: table, now } = connection;
    const pointer = await createModelRegistry({ client, table, now }).readPointer();
    const at = new Date(now()).toISOString();
    const job = await startRescoring({ client, table, pointer, writeUnitsPerSecond: rate, at });
    await wakeRescoring(connection);
    print([
      `Every lead that ${job.modelVersion} has not judged will be rescored, at most ${formatCount(job.writeUnitsPerSecond, 'write unit')} a second.`,
      '`sluice rescore status --watch` shows how far it is.',
    ]);
  });

const pause = (options: ConnectOptions): Promise<void> =>
  withConnection(options, async (connection) => {
    const { modelVersion } = await pauseRescoring(tableOf(connection));
    print([
      `The rescoring by ${modelVersion} is paused; what was requested within the last half minute is still judged.`,
      '`sluice rescore resume` goes on where it stands.',
    ]);
  });

const resume = (options: ConnectOptions): Promise<void> =>
  withConnection(options, async (connection) => {
    const { modelVersion } = await resumeRescoring(tableOf(connection));
    await wakeRescoring(connection);
    print(`The rescoring by ${modelVersion} goes on where it stood.`);
  });

const setRate = (units: number, options: ConnectOptions): Promise<void> =>
  withConnection(options, async (connection) => {
    const { modelVersion } = await setRescoringPace(tableOf(connection), units);
    print(
      `The rescoring by ${modelVersion} uses at most ${formatCount(units, 'write unit')} a second, from its next pages on.`,
    );
  });

const units = wholeNumber(paceLimits.least, paceLimits.most);

/** Adds the commands that show, start and hold the rescoring of all leads by the active model. */
export const addRescore = (program: Command): void => {
  const rescore = program
    .command('rescore')
    .description('the rescoring of all leads by the active model, which an activation begins');
  withConnectionOptions(
    rescore
      .command('status', { isDefault: true })
      .description('show how far the rescoring is, how fast, and when it ends')
      .option('--watch', 'follow it until it is done or paused')
      .option('--json', 'print one JSON object, and nothing else'),
  ).action(show);
  withConnectionOptions(
    rescore
      .command('start')
      .description('rescore what another model has judged once more, as after a table was restored')
      .option('--rate <write-units>', 'the most write units a second (default: as before)', units),
  ).action(start);
  withConnectionOptions(rescore.command('pause').description('request no more rescorings')).action(pause);
  withConnectionOptions(rescore.command('resume').description('go on where it was paused')).action(resume);
  withConnectionOptions(
    rescore
      .command('rate')
      .description('set the pace of the rescoring that is under way')
      .argument('<write-units>', 'the most write units a second', units),
  ).action(setRate);
};
