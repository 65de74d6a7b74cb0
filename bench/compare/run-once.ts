import { compare, readAndCheck } from './work.ts';

/** The measures of one run, which a process of its own makes: its time and the peak of its memory are those of the run. */
export interface Run {
  /** The number of leads that were compared, or of events that were checked. */
  readonly count: number;
  /** Seconds of processor time, of all threads together. */
  readonly processor: number;
  /** Seconds that passed. */
  readonly passed: number;
  readonly peakMb: number;
}

const [work, file = ''] = process.argv.slice(2);
const count = await (work === 'compare' ? compare(file) : readAndCheck(file));
const { user, system } = process.cpuUsage();
const run: Run = {
  count,
  processor: (user + system) / 1_000_000,
  passed: performance.now() / 1_000,
  peakMb: process.resourceUsage().maxRSS / 1_024,
};
process.stdout.write(JSON.stringify(run));
