import { type Command, Option } from 'commander';
import { defaultEndpoint } from '../stack/connect.ts';
import { defaultOutputsFile } from '../stack/outputs.ts';

/** The options by which a command finds the stack that it works on. */
export const withConnectionOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--endpoint <url>', 'the stack: the URL of a local one, or aws')
        .default(defaultEndpoint)
        .env('SLUICE_ENDPOINT'),
    )
    .option(
      '--outputs <file>',
      `with --endpoint aws: what \`cdk deploy --outputs-file\` wrote (default: "${defaultOutputsFile}")`,
    )
    .option('--table <name>', "the leads table, where it isn't the stack's own")
    .option('--bus <name>', "the event bus, where it isn't the stack's own");
