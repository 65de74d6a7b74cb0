import fc from 'fast-check';
import { describe, it } from 'vitest';
import { createApiWorld } from '../support/api-world.ts';
import { seeded } from '../support/seed.ts';
import { anyRequest, createAsk } from './api-requests.ts';

describe('very many requests to the API', () => {
  it('are answered as the contract says', { timeout: 1_200_000 }, async () => {
    // Several worlds: what is taken in makes one larger, and its comparison slower.
    for (let world = 0; world < 10; world++) {
      const api = await createApiWorld();
      const ask = createAsk(api);
      await fc.assert(
        fc.asyncProperty(anyRequest(api), async (given) => {
          await ask(given);
        }),
        { ...seeded(), seed: seeded().seed + world, numRuns: 10_000 },
      );
    }
  });
});
