import type { Command } from 'commander';
import type { ListOptions } from '../dlq/list-failures.ts';
import type { RedriveOptions } from '../dlq/redrive-failures.ts';
import { currentUser, notEmpty } from './actor.ts';
import { withConnectionOptions } from './connection.ts';
import { wholeNumber } from './options.ts';

// Loaded on demand: no other command needs the clients of SQS, S3 and Lambda.
const list = async (options: ListOptions): Promise<void> => {
  const { listFailures } = await import('../dlq/list-failures.ts');
  await listFailures(options);
};

const redrive = async (names: readonly string[], options: RedriveOptions): Promise<void> => {
  const { redriveFailures } = await import('../dlq/redrive-failures.ts');
  await redriveFailures(names, options);
};

const redriveHelp = `
Fix the cause first. Each message is sent before it is deleted, and each object is published before it is deleted: a
crash in between repeats it, and nothing is lost. A repeated event counts once: the ledger records an event once, and
the ids of announcements are derived from the event. Messages that the function gives up again come back; this command
counts those that come back while it waits (--wait).`;

export const addDlq = (program: Command): void => {
  const dlq = program.command('dlq').description('list dead letters and failed records, and redrive them');
  withConnectionOptions(
    dlq
      .command('list')
      .description(
        'list every dead-letter queue and the bucket of failed records, with the number of messages or objects',
      )
      .option('--json', 'print one JSON object a line, and nothing else'),
  ).action(list);
  withConnectionOptions(
    dlq
      .command('redrive')
      .description('send dead letters to the queue of their function, and publish failed records again')
      .argument('[names...]', 'names that `sluice dlq list` shows, such as ScoreLeadsDeadLetters')
      .option('--all', 'all of them')
      .option('--limit <number>', 'the most messages or objects of each (default: all)', wholeNumber(1))
      .option('--wait <seconds>', 'how long to wait for messages that come back', wholeNumber(0, 3_600), 20)
      .option('--dry-run', 'only print what would be done')
      .option('--actor <name>', 'the person who does it, for the log', notEmpty, currentUser())
      .addHelpText('after', redriveHelp),
  ).action(redrive);
};
