import { type Command, Option } from 'commander';
import { defaultEndpoint, endpointVariable } from '../stack/connect.ts';
import { defaultOutputsFile } from '../stack/outputs.ts';

const endpointOption = (description: string): Option =>
  new Option('--endpoint <url>', description).default(defaultEndpoint).env(endpointVariable);

/** Adds the option by which a command finds a local stack. */
export const withEndpointOption = (command: Command, description = 'the URL of the local stack'): Command =>
  command.addOption(endpointOption(description));

/** Adds the options by which a command finds the stack that it works on. */
export const withConnectionOptions = (command: Command): Command =>
  command
    .addOption(endpointOption('the stack: the URL of a local one, or aws'))
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
