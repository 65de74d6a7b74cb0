import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Entry } from '../../events/index.ts';
import type { Bus } from '../../shared/bus/index.ts';
import { count, countBy, errorFields, failures, logger, tally } from '../../shared/lambda/index.ts';
import { leadAnnouncements } from './lead-announcements.ts';
import { quarantineAnnouncements } from './quarantine-announcements.ts';
import { imageOf } from './stream-image.ts';

export interface PublishDeps {
  readonly bus: Bus;
}

interface Announced {
  readonly sequenceNumber: string;
  readonly entries: readonly Entry[];
}

/** Items of the two tables differ by their keys: only the quarantine's begin with no lead. */
const announcementsOf = ({ dynamodb }: DynamoDBRecord): Entry[] => {
  const item = imageOf(dynamodb?.NewImage);
  if (item === undefined) return [];
  return item.sk?.S === 'META'
    ? quarantineAnnouncements(item)
    : leadAnnouncements(item, imageOf(dynamodb?.OldImage));
};

/** Reads what each record announces. One that can't be read fails; it is no reason to hold back the others. */
const readRecords = (
  records: readonly DynamoDBRecord[],
): { announced: Announced[]; unreadable: string[] } => {
  const announced: Announced[] = [];
  const unreadable: string[] = [];
  for (const record of records) {
    const sequenceNumber = record.dynamodb?.SequenceNumber ?? '';
    try {
      announced.push({ sequenceNumber, entries: announcementsOf(record) });
    } catch (error) {
      logger.error('stream record could not be read', { sequenceNumber, ...errorFields(error) });
      unreadable.push(sequenceNumber);
    }
  }
  return { announced, unreadable };
};

/**
 * Publishes what a batch of stream records announces. Answers with the records that failed: the stream goes on from
 * the first of them. What comes after it is announced again, with the same ids.
 */
export const publishChanges =
  ({ bus }: PublishDeps) =>
  async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const { announced, unreadable } = readRecords(Records);
    const flat = announced.flatMap(({ sequenceNumber, entries }) =>
      entries.map((entry) => ({ sequenceNumber, entry })),
    );
    const failed = new Set(await bus.publish(flat.map(({ entry }) => entry)));
    const published = flat.filter((_, i) => !failed.has(i));
    count('RecordsRead', Records.length);
    count('AnnouncementsFailed', failed.size);
    countBy(
      'Announced',
      'type',
      tally(published, ({ entry }) => entry['detail-type']),
    );
    if (failed.size > 0) logger.warn('the bus did not take all announcements', { failed: failed.size });
    const undone = flat.filter((_, i) => failed.has(i)).map(({ sequenceNumber }) => sequenceNumber);
    return failures([...undone, ...unreadable]);
  };
