import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type Poke, parsePoke, type Subscription } from '../../shared/deliveries/index.ts';
import {
  errorFields,
  failures,
  inParallel,
  invocationWithCorrelation,
  logger,
} from '../../shared/lambda/index.ts';
import type { SendDeps } from './deps.ts';
import { sendSubscription } from './send-subscription.ts';

export interface SendDeliveriesDeps extends SendDeps {
  readonly subscriptions: readonly Subscription[];
  /** Tells this function to go on. */
  readonly poke: Poke;
  /** Closes the connections to targets: none stays open until the function is called again. */
  readonly closeConnections: () => void;
}

/** The subscriptions that are sent to side by side. */
const width = 8;

interface Poked {
  readonly subscription: Subscription;
  readonly messageIds: readonly string[];
}

/** Returns the subscriptions that messages name, each once, with the messages. A message may be about all. */
const findPoked = ({ Records }: SQSEvent, subscriptions: readonly Subscription[]): Poked[] =>
  subscriptions.flatMap((subscription) => {
    const poked = Records.filter(({ body }) => (parsePoke(body) ?? subscription.name) === subscription.name);
    return poked.length === 0 ? [] : [{ subscription, messageIds: poked.map(({ messageId }) => messageId) }];
  });

/** Returns the subscriptions from any of them on, by the clock: slow ones don't always leave the same ones waiting. */
const rotate = (poked: readonly Poked[], now: number): Poked[] => {
  const first = now % Math.max(1, poked.length);
  return [...poked.slice(first), ...poked.slice(0, first)];
};

/**
 * Sends what is due to the targets of the subscriptions that messages name. All of it ends by one deadline: a target that
 * keeps its worker waiting delays no other, and what slow ones have left no time for is poked again.
 */
export const sendDeliveries =
  (deps: SendDeliveriesDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    invocationWithCorrelation(
      () => [],
      async () => {
        const failed: string[] = [];
        const began = deps.now();
        const endsAt = began + deps.bounds.runMs;
        const poked = rotate(findPoked(event, deps.subscriptions), began);
        await inParallel(poked, width, async ({ subscription, messageIds }) => {
          try {
            const hasMore = deps.now() >= endsAt || (await sendSubscription(deps, subscription, endsAt));
            if (hasMore) await deps.poke(subscription.name);
          } catch (error) {
            logger.error('deliveries were not sent; it will be retried', {
              subscription: subscription.name,
              ...errorFields(error),
            });
            failed.push(...messageIds);
          }
        });
        deps.closeConnections();
        return failures(failed);
      },
    );
