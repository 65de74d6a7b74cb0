import {
  correlationIdIn,
  errorFields,
  inParallel,
  logger,
  withCorrelation,
} from '../../shared/lambda/index.ts';
import type { Ledger } from '../../shared/ledger/index.ts';
import {
  type Quarantine,
  type QuarantineRedactor,
  quarantineIdOf,
  readableOf,
} from '../../shared/quarantine/index.ts';
import { atOnce } from './at-once.ts';
import type { RejectedDelivery } from './deliveries.ts';
import { resolve } from './redirections.ts';

export interface KeepDeps {
  readonly ledger: Ledger;
  readonly quarantine: Quarantine & Pick<QuarantineRedactor, 'redact'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Takes the words out again of what came for an erased lead. Looked at only after it was kept: an erasure that came
 * in between has either found it or is found.
 */
const withholdErased = async ({ ledger, quarantine, now }: KeepDeps, body: string): Promise<void> => {
  const { leadId } = readableOf(body);
  if (leadId === undefined) return;
  const { before } = await resolve(ledger, leadId);
  if (before?.status !== 'erased') return;
  const by = { actor: 'score-leads', at: new Date(now()).toISOString() };
  await quarantine.redact(quarantineIdOf(body), by);
};

const eachAbout = <T extends { readonly body: string }>(
  deliveries: readonly T[],
  work: (delivery: T) => Promise<void>,
): Promise<void> =>
  inParallel(deliveries, atOnce, (delivery) =>
    withCorrelation(
      () => [correlationIdIn(delivery.body)],
      () => work(delivery),
    ),
  );

/**
 * What is a duplicate for an erased lead may have been rejected when it came before, and kept after the lead was erased,
 * by a try that ended there: then this one is to take its words out.
 */
export const withholdDuplicates = async (
  deps: KeepDeps,
  duplicates: readonly { readonly messageId: string; readonly body: string }[],
): Promise<string[]> => {
  const failed: string[] = [];
  await eachAbout(duplicates, async ({ messageId, body }) => {
    try {
      await withholdErased(deps, body);
    } catch (error) {
      logger.error('quarantine could not be looked at and event will come again', {
        messageId,
        ...errorFields(error),
      });
      failed.push(messageId);
    }
  });
  return failed;
};

/** Keeps what was rejected. What can't be kept fails, and comes again: nothing is dropped. */
export const keepRejected = async (
  deps: KeepDeps,
  rejected: readonly RejectedDelivery[],
): Promise<{ kept: RejectedDelivery[]; failed: string[] }> => {
  const kept: RejectedDelivery[] = [];
  const failed: string[] = [];
  const receivedAt = new Date(deps.now()).toISOString();
  await eachAbout(rejected, async (delivery) => {
    const { messageId, body, rejection } = delivery;
    try {
      await deps.quarantine.store({ body, rejection, origin: 'bus', receivedAt });
      await withholdErased(deps, body);
      kept.push(delivery);
    } catch (error) {
      logger.error('event could not be quarantined and will come again', {
        messageId,
        ...errorFields(error),
      });
      failed.push(messageId);
    }
  });
  return { kept, failed };
};
