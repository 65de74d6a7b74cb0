import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Entry } from '../../events/index.ts';
import type { Bus } from '../../shared/bus/index.ts';
import { quarantineHeadKey } from '../../shared/keys/index.ts';
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
import { leadAnnouncements } from './lead-announcements.ts';
import { quarantineAnnouncements } from './quarantine-announcements.ts';
import { storyOf } from './story-of.ts';
import { imageOf } from './stream-image.ts';

export interface PublishDeps {
  readonly bus: Bus;
}

interface Announced {
  readonly record: DynamoDBRecord;
  readonly entries: readonly Entry[];
}

const sequenceOf = ({ dynamodb }: DynamoDBRecord): string => dynamodb?.SequenceNumber ?? '';

/** Items of the two tables differ by their keys: only the quarantine's begin with no lead. */
const announcementsOf = ({ dynamodb }: DynamoDBRecord): Entry[] => {
  const item = imageOf(dynamodb?.NewImage);
  if (item === undefined) return [];
  return item.sk?.S === quarantineHeadKey
    ? quarantineAnnouncements(item)
    : leadAnnouncements(item, imageOf(dynamodb?.OldImage));
};

const storiesOf = (records: readonly DynamoDBRecord[]): string[] =>
  records.map(({ dynamodb }) => storyOf(imageOf(dynamodb?.NewImage) ?? {}));

/** Reads what each record announces. One that can't be read fails; it is no reason to hold back the others. */
const readRecords = (
  records: readonly DynamoDBRecord[],
): { announced: Announced[]; unreadable: string[] } => {
  const announced: Announced[] = [];
  const unreadable: string[] = [];
  for (const record of records) {
    try {
      announced.push({ record, entries: announcementsOf(record) });
    } catch (error) {
      const sequenceNumber = sequenceOf(record);
      withCorrelation(
        () => storiesOf([record]),
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
  const flat = announced.flatMap(({ record, entries }) => entries.map((entry) => ({ record, entry })));
  const failed = new Set(await bus.publish(flat.map(({ entry }) => entry)));
  const published = flat.filter((_, i) => !failed.has(i));
  const undone = flat.filter((_, i) => failed.has(i)).map(({ record }) => record);
  count('RecordsRead', records.length);
  count('AnnouncementsFailed', failed.size);
  countBy(
    'Announced',
    'type',
    tally(published, ({ entry }) => entry['detail-type']),
  );
  if (undone.length > 0) {
    withCorrelation(
      () => storiesOf(undone),
      () => logger.warn('the bus did not take all announcements', { failed: undone.length }),
    );
  }
  logger.info('changes announced', {
    records: records.length,
    announced: published.length,
    failed: failed.size,
  });
  return failures([...undone.map(sequenceOf), ...unreadable]);
};

/**
 * Publishes what a batch of stream records announces. Answers with the records that failed: the stream goes on from
 * the first of them. What comes after it is announced again, with the same ids.
 */
export const publishChanges =
  (deps: PublishDeps) =>
  ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
    invocationWithCorrelation(
      () => storiesOf(Records),
      () => publishAll(deps, Records),
    );
