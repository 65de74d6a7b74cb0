import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { minuteMs, parseAction } from '../../events/index.ts';
import { count, eachRecord, logger, time } from '../../shared/lambda/index.ts';

export interface TimeCanaryDeps {
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * The age beyond which an announcement doesn't show that events get through now: it comes from an archive, a
 * dead-letter queue or a backlog.
 */
const lateMs = 15 * minuteMs;

const timeOne =
  ({ now }: TimeCanaryDeps) =>
  async ({ body }: SQSRecord): Promise<void> => {
    const { metadata } = parseAction(JSON.parse(body));
    // The announced event occurred when the canary was sent; the clocks of two machines may differ a little.
    const roundTripMs = Math.max(0, now() - Date.parse(metadata.occurredAt));
    if (roundTripMs > lateMs) {
      logger.warn('canary returned late', { roundTripMs });
      count('CanariesLate', 1);
      return;
    }
    logger.info('canary returned', { roundTripMs });
    count('CanariesReturned', 1);
    time('CanaryRoundTrip', roundTripMs);
  };

/** Measures the time that the canary's events took from the bus to the consumer of their announcement. */
export const timeCanary =
  (deps: TimeCanaryDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, timeOne(deps));
