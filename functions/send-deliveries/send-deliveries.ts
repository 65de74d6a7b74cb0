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

/** Returns the subscriptions that messages name, each once, with the messages. A message may be about all. */
const findPoked = ({ Records }: SQSEvent, subscriptions: readonly Subscription[]) =>
  subscriptions.flatMap((subscription) => {
    const poked = Records.filter(({ body }) => (parsePoke(body) ?? subscription.name) === subscription.name);
    return poked.length === 0 ? [] : [{ subscription, messageIds: poked.map(({ messageId }) => messageId) }];
  });

/**
 * Sends what is due to the targets of the subscriptions that messages name. A target that keeps its worker waiting
 * delays no other, unless there are many of them.
 */
export const sendDeliveries =
  (deps: SendDeliveriesDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    invocationWithCorrelation(
      () => [],
      async () => {
        const failed: string[] = [];
        const poked = findPoked(event, deps.subscriptions);
        await inParallel(poked, width, async ({ subscription, messageIds }) => {
          try {
            if (await sendSubscription(deps, subscription)) await deps.poke(subscription.name);
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
