import type { Command } from 'commander';
import { minuteMs } from '../../events/index.ts';
import { CliError } from '../errors.ts';
import { print, printJson } from '../output/print.ts';
import { type Connection, type ConnectOptions, withConnection } from '../stack/connect.ts';
import { formatCount } from '../text/format-count.ts';
import { withConnectionOptions } from './connection.ts';

interface RecountOptions extends ConnectOptions {
  readonly json?: true;
}

/** The result of the function; see functions/recount-funnel. */
interface Recounted {
  readonly isDone: boolean;
  readonly leads: number;
  readonly adopted: number;
  readonly repaired: number;
  readonly difference: number;
  readonly isCorrected: boolean;
}

/** The longest time that Lambda gives a function, which returns its result only when it is done. */
const timeoutMs = 15 * minuteMs;

const invoke = async ({ lambda, output }: Connection): Promise<Recounted> => {
  const FunctionName = output('RecountFunnelFunctionName');
  const { InvokeCommand } = await import('@aws-sdk/client-lambda');
  const client = await lambda();
  const { FunctionError, Payload } = await client.send(new InvokeCommand({ FunctionName, Payload: '{}' }), {
    requestTimeout: timeoutMs,
  });
  const answer = Payload?.transformToString() ?? '';
  if (FunctionError === undefined) return JSON.parse(answer) as Recounted;
  const { errorMessage = answer } = JSON.parse(answer) as { errorMessage?: string };
  throw new CliError('RECOUNT_FAILED', `the funnel was not recounted: ${errorMessage}`);
};

const describeDifference = ({ difference, isCorrected }: Recounted): string[] => {
  if (difference === 0) return [];
  const outcome = isCorrected
    ? 'and are corrected'
    : 'and were not corrected, because leads moved meanwhile: recount at a quiet moment';
  return [`The counters differed by ${formatCount(difference, 'lead')}, ${outcome}.`];
};

const describe = (recounted: Recounted): string[] => {
  const { isDone, leads, adopted, repaired } = recounted;
  return [
    `${formatCount(leads, 'lead')} read: ${adopted} counted for the first time, ${repaired} repaired.`,
    ...describeDifference(recounted),
    ...(isDone ? [] : ['There was not enough time for the rest: run this again, or wait for the next hour.']),
  ];
};

export const addFunnelRecount = (funnel: Command): void => {
  withConnectionOptions(
    funnel
      .command('recount')
      .description('compare the counts with the leads now, as happens every day, and correct them')
      .option('--json', 'print one JSON object, and nothing else'),
  ).action(async (options: RecountOptions) => {
    const recounted = await withConnection(options, invoke);
    if (options.json) printJson(recounted);
    else print(describe(recounted));
  });
};
