import { parseArgs } from 'node:util';
import { EndToEndError } from './errors.ts';
import { knownRun } from './expectation.ts';
import { type TargetName, targetNames } from './target.ts';

export interface Options {
  /** How it is called is told, and nothing run. */
  readonly help: boolean;
  readonly target: TargetName;
  /** In front of the ids of all leads and events. */
  readonly run: string;
  readonly json: boolean;
  /** The folder of the run stays, with logs, templates and outputs. */
  readonly keep: boolean;
  /** What comes of the run is what is known to come of it from now on. */
  readonly writeExpected: boolean;
  /** With aws: what `cdk deploy --outputs-file` wrote. */
  readonly outputs?: string;
}

export const usage = `usage: npm run test:e2e -- [--target ${targetNames.join('|')}] [--run NAME] [--outputs FILE] [--keep] [--json] [--write-expected] [--help]`;

const targetOf = (given: string): TargetName => {
  const target = targetNames.find((name) => name === given);
  if (target !== undefined) return target;
  throw new EndToEndError('OPTION_INVALID', `--target: given ${given}; allowed: ${targetNames.join(', ')}`);
};

/** In an account leads of an earlier run are still there: each run has its own. */
const defaultRun = (target: TargetName): string =>
  target === 'aws' ? `e2e-${Date.now().toString(36)}` : knownRun;

/** @throws EndToEndError `OPTION_INVALID`, or what parseArgs throws */
export const readOptions = (args: readonly string[]): Options => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      target: { type: 'string', default: 'emulator' },
      run: { type: 'string' },
      outputs: { type: 'string' },
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      'write-expected': { type: 'boolean', default: false },
    },
  });
  const target = targetOf(values.target);
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
  const { help, json, keep, outputs } = values;
  const writeExpected = values['write-expected'];
  return { help, target, run, json, keep, writeExpected, ...(outputs && { outputs }) };
};
