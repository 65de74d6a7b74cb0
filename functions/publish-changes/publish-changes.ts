import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { BusEvent } from '../../events/index.ts';
import type { Bus } from '../../shared/bus/index.ts';
import { isSubscriptionKey, quarantineHeadKey } from '../../shared/keys/index.ts';
import {
  count,
  countBy,
  errorFields,
  failures,
  invocationWithCorrelation,
  logger,
  tally,
  withCorrelation,
} from '../../shared/lambda/index.ts';
import { findCorrelationId } from './correlation.ts';
import { deliveryAnnouncements } from './delivery-announcements.ts';
import { leadAnnouncements } from './lead-announcements.ts';
import { quarantineAnnouncements } from './quarantine-announcements.ts';
import { parseImage } from './stream-image.ts';

export interface PublishDeps {
  readonly bus: Bus;
}

interface Announced {
  readonly record: DynamoDBRecord;
  readonly events: readonly BusEvent[];
}

const sequenceOf = ({ dynamodb }: DynamoDBRecord): string => dynamodb?.SequenceNumber ?? '';

/** Returns the announcements of a record. The keys show from which of the tables an item is. */
const readAnnouncements = ({ dynamodb }: DynamoDBRecord): BusEvent[] => {
  const item = parseImage(dynamodb?.NewImage);
  if (item === undefined) return [];
  if (item.sk?.S === quarantineHeadKey) return quarantineAnnouncements(item);
  const before = parseImage(dynamodb?.OldImage);
  return isSubscriptionKey(item.pk?.S ?? '')
    ? deliveryAnnouncements(item, before)
    : leadAnnouncements(item, before);
};

const findCorrelationIds = (records: readonly DynamoDBRecord[]): string[] =>
  records.map(({ dynamodb }) => findCorrelationId(parseImage(dynamodb?.NewImage) ?? {}));

/** Returns the announcements of each record. A record that can't be read fails, and delays no other. */
const readRecords = (
  records: readonly DynamoDBRecord[],
): { announced: Announced[]; unreadable: string[] } => {
  const announced: Announced[] = [];
  const unreadable: string[] = [];
  for (const record of records) {
    try {
      announced.push({ record, events: readAnnouncements(record) });
    } catch (error) {
      const sequenceNumber = sequenceOf(record);
      withCorrelation(
        () => findCorrelationIds([record]),
        () => logger.error('stream record could not be read', { sequenceNumber, ...errorFields(error) }),
      );
      unreadable.push(sequenceNumber);
    }
  }
  return { announced, unreadable };
};

const publishAll = async (
  { bus }: PublishDeps,
  records: readonly DynamoDBRecord[],
): Promise<DynamoDBBatchResponse> => {
  const { announced, unreadable } = readRecords(records);
  const flat = announced.flatMap(({ record, events }) => events.map((event) => ({ record, event })));
  const failed = new Set(await bus.publish(flat.map(({ event }) => event)));
  const published = flat.filter((_, i) => !failed.has(i));
  const refused = flat.filter((_, i) => failed.has(i)).map(({ record }) => record);
  count('RecordsRead', records.length);
  count('AnnouncementsFailed', failed.size);
  countBy(
    'Announced',
    'type',
    tally(published, ({ event }) => event['detail-type']),
  );
  if (refused.length > 0) {
    withCorrelation(
      () => findCorrelationIds(refused),
      () => logger.warn('the bus did not take all announcements', { failed: refused.length }),
    );
  }
  logger.info('changes announced', {
    records: records.length,
    announced: published.length,
    failed: failed.size,
  });
  return failures([...refused.map(sequenceOf), ...unreadable]);
};

/**
 * Publishes the announcements of a batch of stream records. Returns the records that failed. The stream goes on from
 * the first of them, and what follows it is announced again, with the same ids.
 */
export const publishChanges =
  (deps: PublishDeps) =>
  ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
    invocationWithCorrelation(
      () => findCorrelationIds(Records),
      () => publishAll(deps, Records),
    );
