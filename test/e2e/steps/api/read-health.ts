import { checkReply } from '../../api/api-client.ts';
import { stepFailed } from '../../errors.ts';
import type { Step } from '../../step.ts';
import { type Door, leadOf, skipAt } from './door.ts';

/** Reads the health of the deployment and how a subscription stands, and has the ledger of a lead proved. */
export const readHealth = (door: Door): Step => ({
  name: `${door.name} read the health, and have a ledger proved`,
  ...skipAt(door),
  run: async (session) => {
    const { api } = session;
    const { quarantine, deadLetters, deliveries } = (await api.expect('200', door.admin, 'getHealth')).body;
    if (quarantine === null || deadLetters.length === 0)
      throw stepFailed('the quarantine or the dead letters are unknown');
    const subscription = deliveries?.[0]?.subscription;
    const delivery = await api.call(door.admin, 'getDelivery', {
      path: { subscription: subscription ?? 'nobody' },
    });
    checkReply(subscription === undefined ? '404 not-found' : '200', 'getDelivery', delivery);
    const proof = await api.expect('200', door.viewer, 'getProof', {
      path: { id: leadOf(session, door, 'quiet') },
    });
    const { result, entries } = proof.body;
    if (result !== 'verified' || entries === 0) throw stepFailed(`${entries} entries are ${result}`);
    await api.expect('404 not-found', door.viewer, 'getProof', {
      path: { id: leadOf(session, door, 'nobody') },
    });
    return { saw: `${deadLetters.length} queues of dead letters; ${entries} entries are verified` };
  },
});
