import { type Command, InvalidArgumentError } from 'commander';
import {
  type Context,
  checkAccount,
  checkMachine,
  type Finding,
  formatFindings,
  parseContextValue,
} from '../doctor/index.ts';
import { UsageError } from '../errors.ts';
import { print, printJson } from '../output/print.ts';
import { defaultPort } from '../stack/connect.ts';
import { wholeNumber } from './options.ts';

interface DoctorOptions {
  readonly port: number;
  readonly data?: string;
  readonly aws?: true;
  readonly context?: Context;
  readonly profile?: string;
  readonly json?: true;
}

const collectContext = (given: string, before: Context = {}): Context => {
  const entry = parseContextValue(given);
  if (entry === undefined)
    throw new InvalidArgumentError(
      `given ${JSON.stringify(given)}; allowed: NAME=VALUE, such as region=eu-central-1`,
    );
  // Object.fromEntries, so that no name means anything else than a name.
  return Object.fromEntries([...Object.entries(before), entry]);
};

const checkAll = async ({
  port,
  data,
  aws,
  context,
  profile,
}: DoctorOptions): Promise<readonly Finding[]> => {
  if (aws) return checkAccount({ context: context ?? {}, profile });
  for (const [option, value] of Object.entries({ '--context': context, '--profile': profile }))
    if (value !== undefined)
      throw new UsageError(`${option} requires --aws: it says where a deployment goes`);
  return checkMachine({ port, data });
};

export const addDoctor = (program: Command): void => {
  program
    .command('doctor')
    .description('check what a local stack needs of this machine, or a deployment of an AWS account')
    .option('--port <number>', 'the port of the local stack', wholeNumber(1, 65_535), defaultPort)
    .option('--data <folder>', 'the folder for the data of the local stack')
    .option('--aws', 'check the account and region that a deployment goes to, and what it would create')
    .option('-c, --context <name=value>', 'with --aws: a context value of the deployment', collectContext)
    .option('--profile <name>', 'with --aws: the profile of the AWS configuration')
    .option('--json', 'print one JSON object for each check, and nothing else')
    .action(async (options: DoctorOptions) => {
      const findings = await checkAll(options);
      if (options.json) for (const finding of findings) printJson(finding);
      else print(formatFindings(findings));
      if (findings.some(({ result }) => result === 'problem')) process.exitCode = 1;
    });
};
