import type { Attempt, AttemptResult, Deliveries, WaitingDelivery } from '../../shared/deliveries/index.ts';
import { schedule } from '../../shared/deliveries/index.ts';
import { count, timeInSeconds } from '../../shared/lambda/index.ts';
import { countFailed } from './count-failed.ts';

export interface Tried {
  readonly delivery: WaitingDelivery;
  readonly result: AttemptResult;
  /** The instants at which the attempt began and ended, in milliseconds since 1970. */
  readonly began: number;
  readonly ended: number;
  /** Whether a failure counts among the attempts of the schedule. */
  readonly counts: boolean;
  /** The instant until which nothing is sent, if there is one. */
  readonly heldUntil: number;
}

const buildAttempt = ({ result, began, ended }: Tried): Attempt => ({
  at: new Date(began).toISOString(),
  ms: ended - began,
  result: result.kind,
  ...('status' in result && result.status !== undefined && { status: result.status }),
  ...('reason' in result && { reason: result.reason.slice(0, 300) }),
});

/** Returns the instant of the next attempt, in milliseconds since 1970; undefined if there is none left. */
const computeNext = ({ ended, counts, heldUntil }: Tried, tries: number): number | undefined => {
  if (!counts) return Math.max(ended, heldUntil);
  const pause = schedule[tries];
  return pause === undefined ? undefined : ended + pause;
};

const recordFailure = async (
  deliveries: Deliveries,
  tried: Tried,
  reason: string,
): Promise<number | undefined> => {
  const { delivery, ended, counts } = tried;
  const attempt = buildAttempt(tried);
  count('AttemptsFailed', 1);
  const tries = delivery.tries + Number(counts);
  const next = computeNext(tried, tries);
  if (next === undefined) {
    await deliveries.end(delivery, { state: 'failed', at: ended, attempt, reason });
    countFailed(delivery);
    return undefined;
  }
  await deliveries.retry(delivery, { attempt, tries, at: next });
  return next;
};

/**
 * Records what became of an attempt.
 *
 * @returns the instant of the next attempt, in milliseconds since 1970; undefined if the delivery has ended
 */
export const recordResult = async (deliveries: Deliveries, tried: Tried): Promise<number | undefined> => {
  const { delivery, result, ended } = tried;
  const attempt = buildAttempt(tried);
  switch (result.kind) {
    case 'delivered':
      await deliveries.end(delivery, { state: 'delivered', at: ended, attempt });
      count('DeliveriesSent', 1);
      timeInSeconds('DeliveryLagSeconds', Math.max(0, ended - Date.parse(delivery.plannedAt)) / 1_000);
      return undefined;
    case 'failed':
      await deliveries.end(delivery, { state: 'failed', at: ended, attempt, reason: result.reason });
      count('AttemptsFailed', 1);
      countFailed(delivery);
      return undefined;
    case 'skipped':
      await deliveries.end(delivery, { state: 'superseded', at: ended, attempt, reason: result.reason });
      count('DeliveriesSuperseded', 1);
      return undefined;
    case 'retry':
      return recordFailure(deliveries, tried, result.reason);
    case 'gone':
      return recordFailure(deliveries, tried, 'the target is gone');
    default:
      return result satisfies never;
  }
};
