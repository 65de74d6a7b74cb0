import {
  errorFields,
  inParallel,
  logger,
  parseCorrelationId,
  withCorrelation,
} from '../../shared/lambda/index.ts';
import type { Ledger } from '../../shared/ledger/index.ts';
import {
  computeQuarantineId,
  extractReadable,
  type Quarantine,
  type QuarantineRedactor,
} from '../../shared/quarantine/index.ts';
import type { Message, RejectedDelivery } from './deliveries.ts';
import { findSurvivor } from './redirections.ts';

/** The leads or messages that are processed at once. More would only wait for each other on one connection pool. */
export const atOnce = 8;

export interface QuarantineRejectedDeps {
  readonly ledger: Ledger;
  readonly quarantine: Quarantine & Pick<QuarantineRedactor, 'redact'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Redacts a quarantined event if its lead was erased. It must run after the event was stored: an erasure that happened
 * in between has either found the event, or is found here.
 */
const redactErased = async (
  { ledger, quarantine, now }: QuarantineRejectedDeps,
  { body, entry }: Message,
): Promise<void> => {
  const { leadId } = extractReadable(body, entry);
  if (leadId === undefined) return;
  const { before } = await findSurvivor(ledger, leadId);
  if (before?.status !== 'erased') return;
  const by = { actor: 'score-leads', at: new Date(now()).toISOString() };
  await quarantine.redact(computeQuarantineId(body, entry), by);
};

/**
 * Processes messages side by side. A failure is logged, and delays no other message.
 *
 * @returns the ids of the messages that failed
 */
const eachMessage = async <Of extends Message>(
  messages: readonly Of[],
  failure: string,
  work: (message: Of) => Promise<void>,
): Promise<string[]> => {
  const failed: string[] = [];
  const tryOne = async (message: Of): Promise<void> => {
    const { messageId } = message;
    try {
      await work(message);
    } catch (error) {
      logger.error(failure, { messageId, ...errorFields(error) });
      failed.push(messageId);
    }
  };
  await inParallel(messages, atOnce, (message) =>
    withCorrelation(
      () => [parseCorrelationId(message.body, message.entry)],
      () => tryOne(message),
    ),
  );
  return failed;
};

/**
 * Redacts what earlier deliveries left in the quarantine. A duplicate for an erased lead may have been rejected at an
 * earlier delivery, and stored after the erasure by a try that then ended.
 *
 * @returns the ids of the messages that failed
 */
export const redactDuplicates = (
  deps: QuarantineRejectedDeps,
  duplicates: readonly Message[],
): Promise<string[]> =>
  eachMessage(duplicates, 'quarantine could not be checked; the event will be retried', async (message) =>
    redactErased(deps, message),
  );

/** Quarantines the rejected deliveries. One that can't be stored fails and is retried: nothing is dropped. */
export const quarantineRejected = async (
  deps: QuarantineRejectedDeps,
  rejected: readonly RejectedDelivery[],
): Promise<{ quarantined: RejectedDelivery[]; failed: string[] }> => {
  const receivedAt = new Date(deps.now()).toISOString();
  const quarantined: RejectedDelivery[] = [];
  const failed = await eachMessage(
    rejected,
    'event could not be quarantined; it will be retried',
    async (delivery) => {
      const { body, entry, rejection } = delivery;
      await deps.quarantine.store({ body, entry, rejection, origin: 'bus', receivedAt });
      await redactErased(deps, delivery);
      quarantined.push(delivery);
    },
  );
  return { quarantined, failed };
};
