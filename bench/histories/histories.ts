import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEntries } from '../../cli/entries/read-entries.ts';
import { defaultModelFile, readModelFile } from '../../cli/explain/find-model.ts';
import { checkEvent } from '../../cli/histories/check-event.ts';
import { replayFast } from '../../cli/replay/fast/fast-replay.ts';
import type { Measure } from '../measure.ts';
import { interleave, median, ratios } from '../rounds.ts';
import { writeSample } from './sample-times.ts';

/** The times that the sample is repeated: a hundred thousand events, and four times as many. */
const fewTimes = 36;
const manyTimes = 144;

const now = Date.parse('2026-12-01T00:00:00.000Z');

const readAndCheck = async (file: string): Promise<void> => {
  for await (const entry of readEntries([file])) checkEvent(entry, now);
};

/** Returns the events for each second of this process's CPU time, all threads together. */
const rateOf = async (events: number, work: () => Promise<unknown>): Promise<number> => {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (events / (user + system)) * 1e6;
};

const peakMb = (): number => process.resourceUsage().maxRSS / 1_024;

/**
 * Measures how fast files of events become leads without the stack, against reading and checking the same file, and
 * whether memory grows with the file.
 */
export const histories = async (rounds: number): Promise<Measure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-histories-'));
  try {
    const model = readModelFile(defaultModelFile);
    const fold = (file: string) => replayFast([file], { model, now });
    const few = join(folder, 'few.jsonl');
    const many = join(folder, 'many.jsonl');
    writeSample(few, fewTimes);
    const events = writeSample(many, manyTimes);
    await fold(few);
    const peakOfFew = peakMb();
    let seconds = Number.POSITIVE_INFINITY;
    const { checked, folded } = await interleave(Math.min(rounds, 3), {
      checked: () => rateOf(events, () => readAndCheck(many)),
      folded: async () => {
        const start = performance.now();
        const rate = await rateOf(events, () => fold(many));
        seconds = Math.min(seconds, (performance.now() - start) / 1_000);
        return rate;
      },
    });
    const peakOfMany = peakMb();
    return [
      {
        name: 'replay --fast against reading and checking the same file',
        value: median(ratios(folded, checked)),
        unit: 'times',
        limit: { atLeast: 0.3 },
        details: { 'reading and checking, events/s a core': median(checked) },
      },
      {
        name: 'replay --fast on one core',
        value: median(folded),
        unit: 'events/s',
        limit: { atLeast: 20_000 },
        details: {
          [`${events} events on ${availableParallelism()} cores, s`]: seconds,
          'a million events at this rate, s': (seconds / events) * 1e6,
        },
      },
      {
        name: 'memory of replay --fast, 400,000 events against 100,000',
        value: peakOfMany / peakOfFew,
        unit: 'times',
        limit: { atMost: 1.5 },
        details: { '100,000 events, MB': peakOfFew, '400,000 events, MB': peakOfMany },
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
};
