import { type Command, Option } from 'commander';
import { defaultEndpoint, endpointVariable } from '../stack/connect.ts';
import { defaultOutputsFile } from '../stack/outputs.ts';

/** Adds the options by which a command finds the stack that it works on. */
export const withConnectionOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--endpoint <url>', 'the stack: the URL of a local one, or aws')
        .default(defaultEndpoint)
        .env(endpointVariable),
    )
    .option(
      '--outputs <file>',
      `with --endpoint aws: the file that \`npm run deploy\` wrote (default: "${defaultOutputsFile}")`,
    )
    .option(
      '--deployment <name>',
      'with --endpoint aws: one of several deployments in that file, such as Sluice-prod',
    )
    .option('--table <name>', "a leads table in place of the stack's own")
    .option('--bus <name>', "an event bus in place of the stack's own");
