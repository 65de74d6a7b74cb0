import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { tellFailure } from './cli/tell.ts';
import { regressions } from './regressions.ts';
import { createEngineStore } from './services/engine-store.ts';
import { type Outcome, type SimulateProps, simulate } from './simulate.ts';

const seeds = 500;
const seedsOnEngine = 10;

const failuresOf = async (from: number, count: number, props: SimulateProps = {}): Promise<string[]> => {
  const failed: Outcome[] = [];
  for (let seed = from; seed < from + count; seed++) {
    const outcome = await simulate(seed, props);
    if (outcome.findings.length > 0) failed.push(outcome);
  }
  return failed.map(tellFailure);
};

describe('the simulated world', () => {
  it.each(regressions)('holds on seed $seed, which once found: $found', async ({ seed }) => {
    expect(await failuresOf(seed, 1)).toEqual([]);
  });

  it(`holds on ${seeds} seeds`, { timeout: 1_200_000 }, async () => {
    expect(await failuresOf(1, seeds)).toEqual([]);
  });

  it(`holds on ${seedsOnEngine} seeds with the tables on a DynamoDB engine`, {
    timeout: 1_200_000,
  }, async () => {
    expect(await failuresOf(1, seedsOnEngine, { openStore: createEngineStore })).toEqual([]);
  });
});

describe('a seed', () => {
  it('gives the same run each time, to the last step', async () => {
    const told: string[][] = [[], []];
    for (const lines of told) {
      await simulate(7, { onStep: (step) => lines.push(JSON.stringify(step)) });
    }
    expect(told[0]?.length).toBeGreaterThan(50);
    expect(told[1]).toEqual(told[0]);
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
