import type { Command } from 'commander';
import { print } from '../output/print.ts';
import { withConnection } from '../stack/connect.ts';
import { withEndpointOption } from './connection.ts';

/** Adds the command that prints the clock of a stack, by which webhooks to it are signed. */
export const addClock = (program: Command): void => {
  withEndpointOption(
    program
      .command('clock')
      .description('print the clock of a local stack in seconds since 1970, and nothing else'),
  ).action(async (options: { readonly endpoint: string }) => {
    const now = await withConnection(options, async (connection) => connection.now());
    print(String(Math.floor(now / 1_000)));
  });
};
