import { type BenchName, benches } from './benches.ts';

// Runs one bench in a process of its own and sends its measures to the parent.

const [name, rounds] = process.argv.slice(2);
const bench = await benches[name as BenchName]();
process.send?.(await bench(Number(rounds)));
process.disconnect?.();
