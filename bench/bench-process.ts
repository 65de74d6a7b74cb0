import { type BenchName, benches } from './benches.ts';

// The inside of a process of its own: runs one bench and sends what it measured.

const [name, rounds] = process.argv.slice(2);
const bench = await benches[name as BenchName]();
process.send?.(await bench(Number(rounds)));
process.disconnect?.();
