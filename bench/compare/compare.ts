import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Measure } from '../measure.ts';
import { writeEventsFile } from './events-file.ts';
import type { Run } from './run-once.ts';

/** The numbers of events: with the fewer, each thread has whole partitions in memory already. */
const fewEvents = 200_000;
const manyEvents = 4 * fewEvents;

const run = async (work: 'compare' | 'check', file: string): Promise<Run> => {
  const script = join(import.meta.dirname, 'run-once.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, work, file]);
  return JSON.parse(stdout) as Run;
};

const toMeasures = (few: Run, many: Run, checked: Run): Measure[] => {
  const rate = manyEvents / many.processor;
  const checkedRate = manyEvents / checked.processor;
  return [
    {
      name: 'comparing models on a file of events, against reading and checking it',
      value: rate / checkedRate,
      unit: 'times',
      limit: { atLeast: 0.3 },
      details: {
        events: manyEvents,
        'compared, events/s of processor time': Math.round(rate),
        'read and checked, events/s of processor time': Math.round(checkedRate),
      },
    },
    {
      name: 'comparing models on a file of events, on one core',
      value: rate,
      unit: 'events/s',
      limit: { atLeast: 20_000 },
      details: { 'a million events at this pace, s': Math.round((many.passed * 1_000_000) / manyEvents) },
    },
    {
      name: 'peak memory of comparing models, four times the leads against once',
      value: many.peakMb / few.peakMb,
      unit: 'times',
      limit: { atMost: 1.5 },
      details: {
        [`${few.count} leads, MB`]: Math.round(few.peakMb),
        [`${many.count} leads, MB`]: Math.round(many.peakMb),
      },
    },
  ];
};

/**
 * Measures how fast two models are compared on a file of events, and the memory that it takes, once: each run has a
 * process of its own and is long enough.
 */
export const comparing = async (): Promise<Measure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-compare-'));
  try {
    const [few, many] = [join(folder, 'few.jsonl'), join(folder, 'many.jsonl')];
    await writeEventsFile(few, fewEvents);
    await writeEventsFile(many, manyEvents);
    return toMeasures(await run('compare', few), await run('compare', many), await run('check', many));
  } finally {
    rmSync(folder, { recursive: true });
  }
};
