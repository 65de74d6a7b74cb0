import type { Command } from 'commander';
import { apiLimits } from '../../events/api/index.ts';
import { completeDays, countDays, readFunnel } from '../../shared/funnel-counts/index.ts';
import { UsageError } from '../errors.ts';
import { formatFunnel } from '../funnel/format-funnel.ts';
import { print, printJson } from '../output/print.ts';
import { type ConnectOptions, withConnection } from '../stack/connect.ts';
import { withConnectionOptions } from './connection.ts';
import { addFunnelRecount } from './funnel-recount.ts';
import { day } from './options.ts';

interface FunnelOptions extends ConnectOptions {
  readonly from?: string;
  readonly to?: string;
  readonly json?: true;
}

const show = async (options: FunnelOptions): Promise<void> => {
  const view = await withConnection(options, ({ dynamodb: client, leadsTable: table, now }) => {
    const days = completeDays(options, now());
    const length = countDays(days);
    if (length < 1)
      throw new UsageError(`--from: given ${days.from}; allowed: a day that isn't after ${days.to}`);
    if (length > apiLimits.funnelDays)
      throw new UsageError(`--from: given ${days.from}; allowed: at most ${apiLimits.funnelDays} days`);
    return readFunnel({ client, table }, days);
  });
  if (options.json) printJson(view);
  else print(formatFunnel(view));
};

/** Adds the commands that show the funnel as it is counted, and that recount it. */
export const addFunnel = (program: Command): void => {
  const funnel = program.command('funnel').description('show how many leads stand where, and how they moved');
  withConnectionOptions(
    funnel
      .command('show', { isDefault: true })
      .description('show how many leads stand at each stage and tier, and how they moved')
      .option('--from <day>', 'the first day of the moves, in UTC (default: the last 30 days)', day)
      .option('--to <day>', 'the last day of the moves, in UTC (default: today)', day)
      .option('--json', 'print one JSON object with the moves of each day, and nothing else'),
  ).action(show);
  addFunnelRecount(funnel);
};
