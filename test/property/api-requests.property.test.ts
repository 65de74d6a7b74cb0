import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createApiWorld } from '../support/api-world.ts';
import { seeded } from '../support/seed.ts';
import { anyRequest, expectContract } from './api-requests.ts';

describe('any request to the API', () => {
  it('is answered as the contract says, and leaves nothing behind if it is refused', async () => {
    const world = await createApiWorld();
    const statuses = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(anyRequest, async (given) => {
        const status = await expectContract(world, given);
        const key = `${given.operation} ${status}`;
        statuses.set(key, (statuses.get(key) ?? 0) + 1);
      }),
      { ...seeded(), numRuns: 10_000 },
    );
    // A fuzz test that never gets past the first check would prove nothing.
    expect([...statuses.keys()].filter((key) => / 20[02]$/.test(key)).length).toBeGreaterThanOrEqual(15);
  });
});
