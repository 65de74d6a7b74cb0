import { parseArgs } from 'node:util';
import { type BenchName, benchNames } from './benches.ts';
import { describeMachine } from './machine.ts';
import { isMet, type Measure } from './measure.ts';
import { showMeasure } from './report.ts';
import { runBench } from './run-bench.ts';

const usage = `usage: node bench/main.ts [--json] [--only ${benchNames.join('|')}] [--rounds N]`;

const readOptions = (): { json: boolean; names: readonly BenchName[]; rounds: number } => {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: benchNames },
      rounds: { type: 'string', default: '9' },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new RangeError(`--rounds: given ${values.rounds}; allowed: a whole number from 1`);
  }
  const unknown = values.only.find((name) => !benchNames.includes(name as BenchName));
  if (unknown !== undefined) {
    throw new RangeError(`--only: given ${unknown}; allowed: ${benchNames.join(', ')}`);
  }
  return { json: values.json, names: values.only as BenchName[], rounds };
};

const measureAll = async (): Promise<void> => {
  const { json, names, rounds } = readOptions();
  const machine = describeMachine();
  const print = (text: string): void => void (json || console.log(text));
  const { processor, cores, memoryGb, system } = machine;
  print(`Node ${process.version}, ${processor}, ${cores} cores, ${memoryGb} GB, ${system}`);
  const measures: Measure[] = [];
  for (const name of names) {
    for (const measure of await runBench(name, rounds)) {
      measures.push(measure);
      print(`\n${showMeasure(measure)}`);
    }
  }
  if (json) {
    const results = measures.map((measure) => ({ ...measure, ok: isMet(measure) }));
    const date = new Date().toISOString();
    console.log(JSON.stringify({ machine, node: process.version, date, rounds, measures: results }, null, 2));
  }
  process.exitCode = measures.every(isMet) ? 0 : 1;
};

try {
  await measureAll();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof RangeError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) {
    console.error(usage);
  }
  process.exitCode = 2;
}
