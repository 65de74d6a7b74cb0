import type { Command } from 'commander';
import type { ListOptions } from '../dlq/list-failures.ts';
import type { RedriveOptions } from '../dlq/redrive-failures.ts';
import { currentUser, notEmpty } from './actor.ts';
import { withConnectionOptions } from './connection.ts';
import { wholeNumber } from './options.ts';

// Loaded when they are called: no other command needs the clients of SQS, S3 and Lambda.
const list = async (options: ListOptions): Promise<void> => {
  const { listFailures } = await import('../dlq/list-failures.ts');
  await listFailures(options);
};

const redrive = async (names: readonly string[], options: RedriveOptions): Promise<void> => {
  const { redriveFailures } = await import('../dlq/redrive-failures.ts');
  await redriveFailures(names, options);
};

const howItHolds = `
Each message is sent before it is deleted, and each object published before it is deleted: a crash in between repeats
it, and nothing is lost. What is repeated counts once: the ledger takes an event once, and announcements have ids worked
out from it. What the function gives up again comes back, and is counted here as far as it comes back while this
command looks on (--wait). Mend the cause first.`;

export const addDlq = (program: Command): void => {
  const dlq = program
    .command('dlq')
    .description('look at what functions, rules and streams gave up, and send it on again');
  withConnectionOptions(
    dlq
      .command('list')
      .description(
        'list every dead-letter queue, and the bucket of what could not be published, with what lies there',
      )
      .option('--json', 'print one JSON object a line, and nothing else'),
  ).action(list);
  withConnectionOptions(
    dlq
      .command('redrive')
      .description('send on what was given up, to where it came from or should have gone')
      .argument('[names...]', 'as list shows them, such as ScoreLeadsDeadLetters')
      .option('--all', 'all of them')
      .option('--limit <number>', 'how much of each at the most (default: all)', wholeNumber(1))
      .option(
        '--wait <seconds>',
        'how long to look on before saying what came back',
        wholeNumber(0, 3_600),
        20,
      )
      .option('--dry-run', 'only say what would be done')
      .option('--actor <name>', 'who does it, for the log', notEmpty, currentUser())
      .addHelpText('after', howItHolds),
  ).action(redrive);
};
