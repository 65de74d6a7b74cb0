import type { Command } from 'commander';
import { print } from '../output/print.ts';
import { progressBar } from '../output/progress.ts';
import { assertInUse, countStale, rescore } from '../rescore/rescore.ts';
import { type ConnectOptions, withConnection } from '../stack/connect.ts';
import { formatCount } from '../text/format-count.ts';
import { withConnectionOptions } from './connection.ts';
import { wholeNumber } from './options.ts';

interface RescoreOptions extends ConnectOptions {
  readonly rate: number;
  readonly dryRun?: true;
}

export const addRescore = (program: Command): void => {
  withConnectionOptions(
    program
      .command('rescore')
      .description('rescore every lead by a model that is deployed and has judged a first event')
      .argument('<model-version>', 'such as success-ready@4')
      .option('--rate <leads>', 'the most leads a second', wholeNumber(1, 100_000), 100)
      .option('--dry-run', 'only print how many leads another model has judged'),
  ).action(async (modelVersion: string, options: RescoreOptions) => {
    await withConnection(options, async (connection) => {
      await assertInUse(connection, modelVersion);
      const stale = await countStale(connection, modelVersion);
      if (options.dryRun) {
        print(
          `${formatCount(stale, 'lead was', 'leads were')} judged by another model than ${modelVersion}.`,
        );
        return;
      }
      const bar = progressBar('Rescoring', stale);
      const { rate } = options;
      const { requested } = await rescore(connection, {
        modelVersion,
        rate,
        onRequested: bar.update,
      }).finally(bar.stop);
      print(`${formatCount(requested, 'request')} sent; every lead is judged by ${modelVersion} now.`);
    });
  });
};
