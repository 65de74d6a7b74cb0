import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { errorFields } from './errors.ts';
import { logger } from './observe.ts';

export const failures = (ids: Iterable<string>): SQSBatchResponse => ({
  batchItemFailures: [...new Set(ids)].map((itemIdentifier) => ({ itemIdentifier })),
});

/** Works on every record by itself; those that throw come again, and after enough tries go to the DLQ. */
export const eachRecord = async (
  { Records }: SQSEvent,
  work: (record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> => {
  const settled = await Promise.allSettled(Records.map(work));
  return failures(
    settled.flatMap((result, i) => {
      if (result.status === 'fulfilled') return [];
      const { messageId } = Records[i] as SQSRecord;
      logger.error('record failed and will come again', { messageId, ...errorFields(result.reason) });
      return [messageId];
    }),
  );
};

/** Runs work over items, at most `width` at a time, in the order given. */
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
