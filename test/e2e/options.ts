import { parseArgs } from 'node:util';
import { EndToEndError } from './errors.ts';
import { knownRun } from './expectation.ts';
import { type TargetName, targetNames } from './target.ts';

export interface Options {
  /** Whether only the usage is printed, and nothing run. */
  readonly help: boolean;
  readonly target: TargetName;
  /** The prefix of the ids of all leads and events. */
  readonly run: string;
  readonly json: boolean;
  /** Whether the folder of the run stays, with logs, templates and outputs. */
  readonly keep: boolean;
  /** Whether the results of the run are written as the expected ones. */
  readonly writeExpected: boolean;
  /** The file that `cdk deploy --outputs-file` wrote; only for aws. */
  readonly outputs?: string;
  /** The file with the tokens of the people who use the API; only for aws. */
  readonly tokens?: string;
}

export const usage = `usage: npm run test:e2e -- [--target ${targetNames.join('|')}] [--run NAME] [--outputs FILE] [--tokens FILE] [--keep] [--json] [--write-expected] [--help]`;

const parseTarget = (given: string): TargetName => {
  const target = targetNames.find((name) => name === given);
  if (target !== undefined) return target;
  throw new EndToEndError('OPTION_INVALID', `--target: given ${given}; allowed: ${targetNames.join(', ')}`);
};

/** Returns the name of a run. An account still has the leads of earlier runs, so each run needs its own. */
const defaultRun = (target: TargetName): string =>
  target === 'aws' ? `e2e-${Date.now().toString(36)}` : knownRun;

/** Reads the options of the command line. @throws EndToEndError `OPTION_INVALID`, or an error of parseArgs */
export const readOptions = (args: readonly string[]): Options => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      target: { type: 'string', default: 'emulator' },
      run: { type: 'string' },
      outputs: { type: 'string' },
      tokens: { type: 'string' },
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      'write-expected': { type: 'boolean', default: false },
    },
  });
  const target = parseTarget(values.target);
  const run = values.run ?? defaultRun(target);
  if (!/^[A-Za-z0-9-]{1,40}$/.test(run)) {
    throw new EndToEndError('OPTION_INVALID', `--run: given ${run}; allowed: 1 to 40 of A-Z a-z 0-9 -`);
  }
  if (values['write-expected'] && (target === 'aws' || run !== knownRun)) {
    throw new EndToEndError(
      'OPTION_INVALID',
      `--write-expected: given with --target ${target} and the run ${run}; allowed: local or emulator, and the run ${knownRun}`,
    );
  }
  if (values.tokens !== undefined && target !== 'aws') {
    throw new EndToEndError('OPTION_INVALID', `--tokens: given with --target ${target}; allowed: aws`);
  }
  const { help, json, keep, outputs, tokens } = values;
  const writeExpected = values['write-expected'];
  return {
    help,
    target,
    run,
    json,
    keep,
    writeExpected,
    ...(outputs && { outputs }),
    ...(tokens && { tokens }),
  };
};
