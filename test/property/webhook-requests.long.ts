import fc from 'fast-check';
import { describe, it } from 'vitest';
import { seeded } from '../support/seed.ts';
import { anyWebhook, createFuzzedWorld, createSender } from './webhook-requests.ts';

describe('very many webhooks', () => {
  it('are answered as vendors can take it', { timeout: 1_200_000 }, async () => {
    // Many worlds: what is taken in makes one larger, and its comparison slower.
    for (let world = 0; world < 100; world++) {
      const send = createSender(createFuzzedWorld());
      await fc.assert(
        fc.asyncProperty(anyWebhook, async (given) => {
          await send(given);
        }),
        { ...seeded(), seed: seeded().seed + world, numRuns: 1_000 },
      );
    }
  });
});
