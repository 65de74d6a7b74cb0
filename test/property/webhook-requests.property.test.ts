import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../support/seed.ts';
import { webhookKinds, webhookRequest } from '../support/webhook-world.ts';
import { anyWebhook, createFuzzedWorld, createSender } from './webhook-requests.ts';

/** The runs of one world: what is taken in makes it larger, and its comparison slower. */
const runsPerWorld = 1_000;

describe('any webhook', () => {
  it('is answered as a vendor can take it, and leaves nothing behind if it is refused', async () => {
    const met = new Set<string>();
    for (let nth = 0; nth < 10; nth++) {
      const world = createFuzzedWorld();
      const send = createSender(world);
      await fc.assert(
        fc.asyncProperty(anyWebhook, async (given) => {
          const result = await send(given);
          met.add(result).add(`${given.kind} ${result}`);
        }),
        { ...seeded(), seed: seeded().seed + nth, numRuns: runsPerWorld },
      );
      // After all that, a valid one is taken.
      for (const kind of webhookKinds) {
        const answer = await world.send(webhookRequest(kind));
        expect([kind, answer.statusCode]).toEqual([kind, 200]);
      }
    }
    // A fuzz test that never gets past the first check would prove nothing.
    const refusals = ['401 unproven', '400 unknown-source', '400 invalid-request', '413 too-large'];
    const others = ['405 method-not-allowed', '415 unsupported-media-type', '200 repeated', '200 unmapped'];
    const perKind = webhookKinds.flatMap((kind) => [`${kind} 200 taken`, `${kind} 401 unproven`]);
    expect([...met]).toEqual(expect.arrayContaining([...refusals, ...others, ...perKind]));
  });
});
