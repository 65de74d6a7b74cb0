import type { Command } from 'commander';
import { minuteMs } from '../../events/index.ts';
import { readLastCheck } from '../../shared/drift-checks/index.ts';
import { formatDrift } from '../drift/format-drift.ts';
import { CliError } from '../errors.ts';
import { print, printJson } from '../output/print.ts';
import { type Connection, type ConnectOptions, withConnection } from '../stack/connect.ts';
import { withConnectionOptions } from './connection.ts';

interface DriftOptions extends ConnectOptions {
  readonly run?: true;
  readonly json?: true;
}

/** The longest time that Lambda gives a function, which returns its result only when it is done. */
const timeoutMs = 15 * minuteMs;

/** Runs a check, whether or not there was one this month. */
const runCheck = async ({ lambda, output }: Connection): Promise<void> => {
  const FunctionName = output('CheckDriftFunctionName');
  const { InvokeCommand } = await import('@aws-sdk/client-lambda');
  const client = await lambda();
  const { FunctionError, Payload } = await client.send(new InvokeCommand({ FunctionName, Payload: '{}' }), {
    requestTimeout: timeoutMs,
  });
  if (FunctionError === undefined) return;
  const answer = Payload?.transformToString() ?? '';
  const { errorMessage = answer } = JSON.parse(answer) as { errorMessage?: string };
  throw new CliError('DRIFT_CHECK_FAILED', `drift was not checked: ${errorMessage}`);
};

const show = async (options: DriftOptions): Promise<void> => {
  const { check, now } = await withConnection(options, async (connection) => {
    if (options.run) await runCheck(connection);
    const { dynamodb: client, leadsTable: table } = connection;
    return { check: await readLastCheck({ client, table }), now: connection.now() };
  });
  if (options.json) printJson(check ?? null);
  else if (check === undefined)
    print('Drift was not checked yet: that happens once a month. npx sluice drift --run checks it now.');
  else print(formatDrift(check, now));
};

/** Adds the command that shows whether the active model has drifted. */
export const addDrift = (program: Command): void => {
  withConnectionOptions(
    program
      .command('drift')
      .description('show whether leads and outcomes differ from those before, and what to do about it')
      .option('--run', 'check it now, as happens once a month')
      .option('--json', 'print the check as one JSON object, or null without one, and nothing else'),
  ).action(show);
};
