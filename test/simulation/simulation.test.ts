import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { collectFailures } from './failures.ts';
import { regressions } from './regressions.ts';
import { createEngineStore } from './services/engine-store.ts';
import { simulate } from './simulate.ts';

/** The number of seeds, a part of those of simulation.long.ts. */
const seeds = 30;
const seedsOnEngine = 2;

describe('the simulated world', () => {
  it.each(regressions)('holds on seed $seed, which once found: $found', async ({ seed }) => {
    expect(await collectFailures(seed, 1)).toEqual([]);
  });

  it(`holds on ${seeds} seeds`, async () => {
    expect(await collectFailures(1, seeds)).toEqual([]);
  });

  it(`holds on ${seedsOnEngine} seeds with the tables on a DynamoDB engine`, async () => {
    expect(await collectFailures(1, seedsOnEngine, { openStore: createEngineStore })).toEqual([]);
  });
});

describe('a seed', () => {
  it('gives the same run each time, to the last step', async () => {
    const runs: string[][] = [[], []];
    for (const lines of runs) {
      await simulate(7, { onStep: (step) => lines.push(JSON.stringify(step)) });
    }
    expect(runs[0]?.length).toBeGreaterThan(50);
    expect(runs[1]).toEqual(runs[0]);
  });

  it('gives the same run in another process', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      join(import.meta.dirname, 'main.ts'),
      '--seed',
      '7',
    ]);
    const { steps, digest } = await simulate(7);
    expect(stdout).toContain(`${steps} steps, digest ${digest}`);
  });

  it('gives another run than another seed', async () => {
    const digests = await Promise.resolve(
      Array.fromAsync([1, 2, 3, 4, 5], async (seed) => (await simulate(seed)).digest),
    );
    expect(new Set(digests).size).toBe(5);
  });
});
