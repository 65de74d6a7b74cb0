import type { Command } from 'commander';
import { commandSource } from '../event/own-source.ts';
import type { ConnectOptions } from '../stack/connect.ts';
import { notEmpty } from './actor.ts';
import { withConnectionOptions } from './connection.ts';

/** The options of commands that close a lead for good. */
export interface CloseOptions extends ConnectOptions {
  readonly source: string;
  readonly yes?: true;
  readonly dryRun?: true;
  readonly unknown?: true;
}

/** Adds the options of a command that closes a lead for good. */
export const withCloseOptions = (command: Command): Command =>
  withConnectionOptions(
    command
      .option('--yes', 'do not ask, for scripts')
      .option('--dry-run', 'only show what would go')
      .option('--unknown', 'also if there is no such lead')
      .option(
        '--source <source>',
        'the source of the event, for the policy of the bus',
        notEmpty,
        commandSource,
      ),
  );
