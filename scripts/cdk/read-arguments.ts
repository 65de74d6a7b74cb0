import { type Context, parseContextValue } from '../../cli/doctor/index.ts';

/** The arguments for the CDK's command, and what they say about where a deployment goes. */
export interface CdkArguments {
  /** All arguments, as they were given. */
  readonly args: readonly string[];
  readonly context: Context;
  readonly profile: string | undefined;
  /** The file for outputs, if another than the default one is named. */
  readonly outputsFile: string | undefined;
  /** The stack that `cdk bootstrap` made, if another than the default one is named. */
  readonly toolkit: string | undefined;
  readonly asksForHelp: boolean;
}

/** The options that are read here, by each of their names. */
const optionNames: Readonly<Record<string, 'context' | 'profile' | 'outputs-file' | 'toolkit-stack-name'>> = {
  '-c': 'context',
  '--context': 'context',
  '--profile': 'profile',
  '-O': 'outputs-file',
  '--outputs-file': 'outputs-file',
  '--toolkit-stack-name': 'toolkit-stack-name',
};

/** Returns all values of the options above, in their order. Other arguments are left to the CDK. */
const readOptions = (args: readonly string[]): (readonly [string, string])[] =>
  args.flatMap((arg, i) => {
    const [, name = arg, inline] = /^(--[^=]+)=(.*)$/s.exec(arg) ?? [];
    const option = optionNames[name];
    const value = inline ?? args[i + 1];
    return option === undefined || value === undefined ? [] : [[option, value] as const];
  });

/** Reads the arguments of `npm run deploy -- …` for the CDK's command. */
export const readArguments = (args: readonly string[]): CdkArguments => {
  const options = readOptions(args);
  const valuesOf = (name: string): string[] =>
    options.filter(([option]) => option === name).map(([, value]) => value);
  return {
    args,
    // What is not NAME=VALUE is refused by the CDK.
    context: Object.fromEntries(
      valuesOf('context').flatMap((value) => {
        const entry = parseContextValue(value);
        return entry === undefined ? [] : [entry];
      }),
    ),
    profile: valuesOf('profile').at(-1),
    outputsFile: valuesOf('outputs-file').at(-1),
    toolkit: valuesOf('toolkit-stack-name').at(-1),
    asksForHelp: args.some((arg) => arg === '--help' || arg === '-h'),
  };
};
