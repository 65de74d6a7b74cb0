import { pathToFileURL } from 'node:url';
import type { StartTimes } from './start.ts';

// Runs in a fresh process: times the import of a bundle and, if an event is given, its first invocation.

const [bundle = '', event] = process.argv.slice(2);

const milliseconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000;

const timed = async <T>(work: () => Promise<T>): Promise<{ times: StartTimes; result: T }> => {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const wall = performance.now() - start;
  return { times: { wall, cpu: milliseconds(process.cpuUsage(cpu)) }, result };
};

const { times: init, result: module } = await timed(() => import(pathToFileURL(bundle).href));
if (typeof module.handler !== 'function') throw new Error(`${bundle} exports no handler`);
const context = { awsRequestId: 'first', functionName: 'bench', getRemainingTimeInMillis: () => 30_000 };
const first =
  event === undefined ? undefined : await timed(() => module.handler(JSON.parse(event), { ...context }));
// The function's own logs go to stdout too, so the times are the last line.
process.stdout.write(`\n${JSON.stringify({ init, first: first?.times, answer: first?.result })}`);
