import type { Command } from 'commander';
import { minuteMs } from '../../events/index.ts';
import { CliError } from '../errors.ts';
import { print, printJson } from '../output/print.ts';
import { type Connection, type ConnectOptions, withConnection } from '../stack/connect.ts';
import { formatCount } from '../text/format-count.ts';
import { withConnectionOptions } from './connection.ts';

interface AnchorOptions extends ConnectOptions {
  readonly json?: true;
}

/** The result of the function; see functions/anchor-heads. */
interface Anchored {
  readonly manifest: string;
  readonly leads: number;
  readonly parts: number;
}

/** The longest time that Lambda gives a function, which returns its result only when it is done. */
const timeoutMs = 15 * minuteMs;

const invoke = async ({ lambda, output }: Connection): Promise<Anchored> => {
  const FunctionName = output('AnchorHeadsFunctionName');
  const { InvokeCommand } = await import('@aws-sdk/client-lambda');
  const client = await lambda();
  const { FunctionError, Payload } = await client.send(new InvokeCommand({ FunctionName }), {
    requestTimeout: timeoutMs,
  });
  const answer = Payload?.transformToString() ?? '';
  if (FunctionError === undefined) return JSON.parse(answer) as Anchored;
  const { errorMessage = answer } = JSON.parse(answer) as { errorMessage?: string };
  throw new CliError('ANCHORING_FAILED', `the heads were not anchored: ${errorMessage}`);
};

export const addAuditAnchor = (audit: Command): void => {
  withConnectionOptions(
    audit
      .command('anchor')
      .description('anchor the heads of all ledgers now, as happens every day')
      .option('--json', 'print one JSON object, and nothing else'),
  ).action(async (options: AnchorOptions) => {
    const anchored = await withConnection(options, invoke);
    const { manifest, leads, parts } = anchored;
    if (options.json) printJson(anchored);
    else print(`${formatCount(leads, 'head')} in ${formatCount(parts, 'part')}: ${manifest}`);
  });
};
