import { writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { note } from '../../cli/output/print.ts';
import type { Sample } from './memory/samples.ts';
import { OptionError, readOptions, type SoakOptions, usage } from './options.ts';
import { computeFigures } from './report/figures.ts';
import { reportLines } from './report/words.ts';
import { soak } from './soak.ts';
import { openWorkFolder } from './work-folder.ts';

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Returns a signal that ends the work at the first signal to the process. The process ends after the clean-up. */
const untilSignal = (): AbortSignal => {
  const stopping = new AbortController();
  for (const name of stopSignals) {
    process.once(name, () => {
      process.exitCode = 128 + constants.signals[name];
      stopping.abort();
    });
  }
  return stopping.signal;
};

const formatCsv = (samples: readonly Sample[]): string => {
  const names = ['at', 'life', 'stackMb', 'engineMb', 'backlog', 'invocations', 'errors'] as const;
  const rows = samples.map((sample) => names.map((name) => sample[name]).join(','));
  return `${[names.join(','), ...rows].join('\n')}\n`;
};

const run = async (options: SoakOptions, signal: AbortSignal): Promise<void> => {
  const folder = await openWorkFolder(options.keep, options.kills > 0);
  try {
    const { seconds, rate, kills, seed } = options;
    note(`${seconds} s, ${rate} events a second, struck each ${kills} s on the whole; --seed ${seed}`);
    if (kills > 0 && folder.disk === undefined) note('No disk is filled: only root can mount one for that.');
    const outcome = await soak({ options, folder, signal, note });
    if (options.keep !== undefined) await writeFile(folder.memory, formatCsv(outcome.samples));
    const figures = computeFigures(outcome);
    console.log(options.json ? JSON.stringify(figures, null, 2) : reportLines(figures).join('\n'));
    process.exitCode = figures.findings.length === 0 ? 0 : 1;
  } finally {
    await folder.done();
  }
};

const signal = untilSignal();
try {
  await run(readOptions(process.argv.slice(2)), signal);
} catch (error) {
  if (signal.aborted) note('Stopped.');
  else {
    note(error instanceof Error ? error.message : String(error));
    const isOption =
      error instanceof OptionError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    if (isOption) note(usage);
    process.exitCode = 2;
  }
}
