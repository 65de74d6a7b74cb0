import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parseAction } from '../../events/index.ts';
import { count, eachRecord, logger, time } from '../../shared/lambda/index.ts';

export interface TimeCanaryDeps {
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Older ones come out of an archive, a dead-letter queue or a backlog, and don't say that events get through by now. */
const lateMs = 15 * 60_000;

const timeOne =
  ({ now }: TimeCanaryDeps) =>
  async ({ body }: SQSRecord): Promise<void> => {
    const { metadata } = parseAction(JSON.parse(body));
    // What was announced occurred when the canary was sent; clocks of two machines may differ by a little.
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

/** Measures how long the canary's events took from the bus to their announcement, and to whoever follows it. */
export const timeCanary =
  (deps: TimeCanaryDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, timeOne(deps));
