import type { Deliveries } from '../../shared/deliveries/index.ts';

/**
 * Ends a pause, and has what waits tried at once, also what would be tried much later.
 *
 * @returns the number of deliveries that wait; undefined if the subscription isn't paused
 */
export const resumeDeliveries = async (
  deliveries: Deliveries,
  subscription: string,
  now: number,
): Promise<number | undefined> => {
  const { paused } = await deliveries.readState(subscription);
  if (paused === undefined) return undefined;
  let waiting = 0;
  // The index may show one again that was moved while it is read.
  const seen = new Set<string>();
  for await (const refs of deliveries.listRefs(subscription, { state: 'waiting' })) {
    for (const { sk } of refs) {
      if (seen.has(sk)) continue;
      seen.add(sk);
      const delivery = await deliveries.read(subscription, sk);
      if (delivery?.state !== 'waiting') continue;
      waiting += 1;
      if (delivery.tries > 0 || Date.parse(delivery.time) > now) await deliveries.renew(delivery, now);
    }
  }
  await deliveries.resume(subscription);
  return waiting;
};
