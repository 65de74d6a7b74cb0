import { type Deliveries, keepEndedMs, type WaitingDelivery } from '../../shared/deliveries/index.ts';
import { count } from '../../shared/lambda/index.ts';
import { countFailed } from './count-failed.ts';

/** The deliveries of a lead that wait, in the order in which they are sent. */
export interface LeadQueue {
  readonly leadId: string;
  /** Undefined until they are read. */
  waiting: WaitingDelivery[] | undefined;
}

export interface QueueDeps {
  readonly deliveries: Pick<Deliveries, 'readWaiting' | 'noteSending' | 'end' | 'postpone'>;
  readonly subscription: string;
  readonly now: () => number;
}

/**
 * Moves those that wait behind another one to the instant at which that one is tried next. Otherwise each run would find
 * them due, and nothing to be done.
 */
export const postponeBehind = async (
  { deliveries }: Pick<QueueDeps, 'deliveries'>,
  at: number,
  behind: readonly WaitingDelivery[],
): Promise<void> => {
  for (const delivery of behind) if (Date.parse(delivery.time) < at) await deliveries.postpone(delivery, at);
};

const supersede = async ({ deliveries, now }: QueueDeps, delivery: WaitingDelivery): Promise<void> => {
  const reason = 'a later one was sent before it came';
  if (await deliveries.end(delivery, { state: 'superseded', at: now(), reason }))
    count('DeliveriesSuperseded', 1);
};

const readMore = async (
  { deliveries, subscription }: QueueDeps,
  queue: LeadQueue,
): Promise<WaitingDelivery[]> => {
  if (queue.waiting === undefined || queue.waiting.length === 0)
    queue.waiting = [...(await deliveries.readWaiting(subscription, queue.leadId))];
  return queue.waiting;
};

/**
 * Returns the next delivery of a lead that may be sent now, and notes that it is. It stays the first of the queue.
 * Undefined if there is none, or the first one's next attempt is due later: then those behind it wait.
 */
export const takeHead = async (deps: QueueDeps, queue: LeadQueue): Promise<WaitingDelivery | undefined> => {
  for (;;) {
    const [head, ...behind] = await readMore(deps, queue);
    if (head === undefined) return undefined;
    const at = Date.parse(head.time);
    // One that was never tried was only moved behind another one, which has ended.
    if (head.tries > 0 && at > deps.now()) {
      await postponeBehind(deps, at, behind);
      return undefined;
    }
    if (await deps.deliveries.noteSending(head)) return head;
    await supersede(deps, head);
    queue.waiting = behind;
  }
};

/** Ends the deliveries that have waited for 30 days, which only those of a paused subscription do. */
export const endForgotten = async (
  deliveries: Pick<Deliveries, 'listRefs' | 'read' | 'end'>,
  subscription: string,
  now: number,
): Promise<void> => {
  const oldest = new Date(now - keepEndedMs).toISOString();
  for await (const refs of deliveries.listRefs(subscription, { state: 'waiting', until: oldest })) {
    for (const { sk } of refs) {
      const delivery = await deliveries.read(subscription, sk);
      if (delivery === undefined || delivery.plannedAt > oldest) continue;
      const reason = 'it has waited for 30 days';
      if (await deliveries.end(delivery, { state: 'failed', at: now, reason })) countFailed(delivery);
    }
  }
};
