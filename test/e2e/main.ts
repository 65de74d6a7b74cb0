import { constants } from 'node:os';
import { killCommands, tailOf } from './command.ts';
import { EndToEndError } from './errors.ts';
import { type Expectation, readExpectation, writeExpectation } from './expectation.ts';
import { openTarget } from './open-target.ts';
import { type Options, readOptions, usage } from './options.ts';
import { type Outcome, runScenario } from './scenario.ts';
import type { Target } from './target.ts';
import { stepLine, summaryLines } from './words.ts';

let target: Target | undefined;

/** What was started ends with this process; the emulator and its functions also end by themselves then. */
const stopOn = (signal: NodeJS.Signals): void => {
  console.error(`Stopped by ${signal}.`);
  killCommands();
  process.exit(128 + constants.signals[signal]);
};

const factsOf = ({ steps }: Outcome): Expectation =>
  Object.fromEntries(steps.flatMap(({ name, facts }) => (facts === undefined ? [] : [[name, facts]])));

const run = async (options: Options): Promise<boolean> => {
  const startedAt = Date.now();
  // With --json, standard output is for the result alone.
  const say = (text: string): void => (options.json ? console.error(text) : console.log(text));
  target = await openTarget(options, say);
  try {
    say(`Ready after ${((Date.now() - startedAt) / 1_000).toFixed(1)} s.`);
    const outcome = await runScenario(target, {
      run: options.run,
      ...(!options.writeExpected && { expectation: readExpectation() }),
      onStep: (report) => say(stepLine(report)),
    });
    if (!outcome.passed) for (const file of target.logFiles ?? []) console.error(tailOf(file));
    if (outcome.passed && options.writeExpected) writeExpectation(factsOf(outcome));
    if (options.json) console.log(JSON.stringify(outcome, undefined, 2));
    for (const line of summaryLines(outcome, Date.now() - startedAt)) say(line);
    return outcome.passed;
  } finally {
    await target.close();
  }
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopOn);
try {
  process.exitCode = (await run(readOptions(process.argv.slice(2)))) ? 0 : 1;
} catch (error) {
  const known = error instanceof EndToEndError;
  console.error(known ? error.message : error);
  const isUsage = (error as { code?: string }).code?.match(/^(OPTION_INVALID|ERR_PARSE_ARGS)/);
  if (isUsage) console.error(usage);
  process.exitCode = isUsage ? 2 : 1;
}
