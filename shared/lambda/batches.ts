import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parseCorrelationId, withCorrelation } from './correlation.ts';
import { errorFields } from './errors.ts';
import { invocationWithCorrelation } from './invocation.ts';
import { logger } from './logger.ts';

export const failures = (ids: Iterable<string>): SQSBatchResponse => ({
  batchItemFailures: [...new Set(ids)].map((itemIdentifier) => ({ itemIdentifier })),
});

const tryRecord = async (
  record: SQSRecord,
  work: (record: SQSRecord) => Promise<void>,
): Promise<readonly string[]> => {
  const { messageId } = record;
  try {
    await work(record);
    return [];
  } catch (error) {
    logger.error('record failed; it will be retried', { messageId, ...errorFields(error) });
    return [messageId];
  }
};

/**
 * Runs the work for every record separately. Records for which it throws are retried, and become dead letters after
 * enough tries.
 *
 * @example export const handler = (event: SQSEvent) => eachRecord(event, async ({ body }) => follow(JSON.parse(body)));
 */
export const eachRecord = (
  { Records }: SQSEvent,
  work: (record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> => {
  const ids = () => Records.map(({ body }) => parseCorrelationId(body));
  return invocationWithCorrelation(ids, async () => {
    const tried = Records.map((record) =>
      withCorrelation(
        () => [parseCorrelationId(record.body)],
        () => tryRecord(record, work),
      ),
    );
    const failed = (await Promise.all(tried)).flat();
    logger.info('records processed', { records: Records.length, failed: failed.length });
    return failures(failed);
  });
};

/** Runs the work for all items, at most `width` at a time, in the order given. */
export const inParallel = async <T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  let next = 0;
  const lane = async () => {
    while (next < items.length) await work(items[next++] as T);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
};
