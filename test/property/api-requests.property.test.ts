import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operations, routeOf } from '../../events/api/index.ts';
import { createApiWorld } from '../support/api-world.ts';
import { seeded } from '../support/seed.ts';
import { anyRequest, createAsk, refusals } from './api-requests.ts';

describe('any request to the API', () => {
  it('is answered as the contract says, and leaves nothing behind if it is refused', async () => {
    const world = await createApiWorld();
    const ask = createAsk(world);
    const met = new Set<string>();
    await fc.assert(
      fc.asyncProperty(anyRequest(world), async (given) => {
        const status = await ask(given);
        met.add(`${given.operation} ${status}`).add(`${status}`);
      }),
      { ...seeded(), numRuns: 10_000 },
    );
    // A fuzz test that never gets past the first check would prove nothing.
    const succeeded = operations.map((operation) => `${operation} ${routeOf(operation).success}`);
    expect([...met]).toEqual(expect.arrayContaining([...succeeded, ...refusals.map(String)]));
  });
});
