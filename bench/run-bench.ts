import { fork } from 'node:child_process';
import type { BenchName } from './benches.ts';
import type { Measure } from './measure.ts';

/** The environment of the functions as deployed: they write logs and metrics, and pay for them. */
const environment = {
  POWERTOOLS_SERVICE_NAME: 'score-leads',
  POWERTOOLS_METRICS_NAMESPACE: 'Sluice',
  LOG_LEVEL: 'INFO',
};

/** Runs one bench in a process of its own; the output of the functions is discarded. */
export const runBench = (name: BenchName, rounds: number): Promise<readonly Measure[]> =>
  new Promise((resolve, reject) => {
    const child = fork(`${import.meta.dirname}/bench-process.ts`, [name, String(rounds)], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let errors = '';
    let measures: readonly Measure[] | undefined;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.on('message', (message) => {
      measures = message as readonly Measure[];
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0 && measures !== undefined) resolve(measures);
      else reject(new Error(`the bench ${name} ended with ${code}:\n${errors}`));
    });
  });
