import { describe, expect, it } from 'vitest';
import { collectFailures } from './failures.ts';
import { createEngineStore } from './services/engine-store.ts';

const seeds = 500;
const seedsOnEngine = 10;

describe('the simulated world', { timeout: 1_200_000 }, () => {
  it(`holds on ${seeds} seeds`, async () => {
    expect(await collectFailures(1, seeds)).toEqual([]);
  });

  it(`holds on ${seedsOnEngine} seeds with the tables on a DynamoDB engine`, async () => {
    expect(await collectFailures(1, seedsOnEngine, { openStore: createEngineStore })).toEqual([]);
  });
});
