import { type Command, Option } from 'commander';
import { type ActivationActions, activationActions } from '../../events/index.ts';
import type { Author } from '../../shared/model-store/index.ts';
import type { ConnectOptions } from '../stack/connect.ts';
import { currentUser } from './actor.ts';
import { withConnectionOptions } from './connection.ts';
import { textUpTo } from './options.ts';

/** The options of a command that changes which models are published or in use. */
export type AuthorOptions = ConnectOptions & Author;

/** Adds the options that say who does it and why, which the history records, and those of the connection. */
export const withAuthor = (command: Command): Command =>
  withConnectionOptions(
    command
      .option('--by <name>', 'the person who does it, for the history', textUpTo(128), currentUser())
      .requiredOption('--reason <text>', 'why, for the history', textUpTo(500)),
  );

/** Returns who does it and why, without the other options. */
export const authorOf = ({ by, reason }: Author): Author => ({ by, reason });

export interface ActionOptions {
  readonly actions: ActivationActions;
}

/** Adds the option that says what an activation starts and stops. */
export const withActions = (command: Command): Command =>
  command.addOption(
    new Option(
      '--actions <which>',
      'with none, scores and tiers change, but no hand-off or nurture starts or stops until a lead has an event of its own',
    )
      .choices(activationActions)
      .default('all'),
  );
