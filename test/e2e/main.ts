import { constants } from 'node:os';
import { CliError } from '../../cli/errors.ts';
import { readTail } from './command.ts';
import { EndToEndError } from './errors.ts';
import { type Expectation, readExpectation, writeExpectation } from './expectation.ts';
import { removeRunFolders } from './folders.ts';
import { interrupt, interruption } from './interruption.ts';
import { openTarget } from './open-target.ts';
import { type Options, readOptions, usage } from './options.ts';
import { type Outcome, runScenario } from './scenario.ts';
import { stepLine, summaryLines } from './words.ts';

const collectFacts = ({ steps }: Outcome): Expectation =>
  Object.fromEntries(steps.flatMap(({ name, facts }) => (facts === undefined ? [] : [[name, facts]])));

/** Returns the function that prints for people. With --json, standard output is for the result alone. */
const printer =
  ({ json }: Options) =>
  (text: string): void =>
    json ? console.error(text) : console.log(text);

const runAt = async (options: Options): Promise<boolean> => {
  const startedAt = Date.now();
  const print = printer(options);
  const target = await openTarget(options, print);
  try {
    print(`Ready after ${((Date.now() - startedAt) / 1_000).toFixed(1)} s.`);
    const outcome = await runScenario(target, {
      run: options.run,
      ...(!options.writeExpected && { expectation: readExpectation() }),
      onStep: (report) => print(stepLine(report)),
    });
    interruption.throwIfAborted();
    if (!outcome.passed) for (const file of target.logFiles ?? []) console.error(readTail(file));
    if (outcome.passed && options.writeExpected) writeExpectation(collectFacts(outcome));
    if (options.json) console.log(JSON.stringify(outcome, undefined, 2));
    for (const line of summaryLines(outcome, Date.now() - startedAt)) print(line);
    return outcome.passed;
  } finally {
    await target.close();
  }
};

const run = async (): Promise<boolean> => {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
    return true;
  }
  try {
    return await runAt(options);
  } finally {
    removeRunFolders();
  }
};

const isUsage = (error: unknown): boolean =>
  /^(OPTION_INVALID|ERR_PARSE_ARGS)/.test(String((error as { code?: unknown }).code));

let stoppedBy: NodeJS.Signals | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A second signal ends the process at once. The emulator and its functions end by themselves then.
    if (stoppedBy !== undefined) process.exit(128 + constants.signals[signal]);
    stoppedBy = signal;
    interrupt(signal);
  });
}
try {
  process.exitCode = (await run()) ? 0 : 1;
} catch (error) {
  console.error(
    error instanceof EndToEndError || error instanceof CliError || isUsage(error)
      ? (error as Error).message
      : error,
  );
  if (isUsage(error)) console.error(usage);
  process.exitCode = isUsage(error) ? 2 : 1;
}
if (stoppedBy !== undefined) process.exitCode = 128 + constants.signals[stoppedBy];
