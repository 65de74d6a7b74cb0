import { type Item, measureItem } from '../../../../shared/dynamodb/index.ts';
import type { Change } from './database.ts';
import { invalid, notFound } from './errors.ts';

/** A record in the form of GetRecords, except that bytes are bytes. */
interface StoredRecord {
  readonly sequence: number;
  readonly at: number;
  readonly record: object;
}

/** DynamoDB's own limit: older records are removed. */
const longestStoredMs = 24 * 3_600_000;
const mostRecords = 1_000;

const formatSequence = (sequence: number): string => String(sequence).padStart(21, '0');

export interface IteratorInput {
  readonly StreamArn?: string;
  readonly ShardId?: string;
  readonly ShardIteratorType?: string;
  readonly SequenceNumber?: string;
}

/** The stream of one table, with one shard that never closes. */
export class TableStream {
  readonly arn: string;
  readonly label: string;
  readonly #table: string;
  readonly #viewType: string;
  readonly #now: () => number;
  readonly #shard = 'shardId-00000000000000000001-00000000';
  #records: StoredRecord[] = [];
  #last = 0;

  constructor(table: string, viewType: string, now: () => number = Date.now) {
    this.#table = table;
    this.#viewType = viewType;
    this.#now = now;
    this.label = new Date(now()).toISOString().replace('Z', '');
    this.arn = `arn:aws:dynamodb:us-east-1:000000000000:table/${table}/stream/${this.label}`;
  }

  /** Adds the record of a write. The caller leaves out writes that changed nothing, as DynamoDB does. */
  add({ key, before, after }: Change): void {
    const now = this.#now();
    const sequence = ++this.#last;
    const keys: Item = { pk: { S: key.pk }, sk: { S: key.sk } };
    const shows = (image: string) => this.#viewType === image || this.#viewType === 'NEW_AND_OLD_IMAGES';
    const newImage = shows('NEW_IMAGE') ? after : undefined;
    const oldImage = shows('OLD_IMAGE') ? before : undefined;
    const images = [keys, newImage, oldImage].filter((item): item is Item => item !== undefined);
    const record = {
      eventID: String(sequence),
      eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(now / 1_000),
        Keys: keys,
        ...(newImage !== undefined && { NewImage: newImage }),
        ...(oldImage !== undefined && { OldImage: oldImage }),
        SequenceNumber: formatSequence(sequence),
        SizeBytes: images.reduce((sum, item) => sum + measureItem(item), 0),
        StreamViewType: this.#viewType,
      },
    };
    this.#records.push({ sequence, at: now, record });
    this.#trim(now);
  }

  describe(): object {
    return {
      StreamArn: this.arn,
      StreamLabel: this.label,
      StreamStatus: 'ENABLED',
      StreamViewType: this.#viewType,
      TableName: this.#table,
      Shards: [{ ShardId: this.#shard, SequenceNumberRange: { StartingSequenceNumber: formatSequence(1) } }],
    };
  }

  /** Returns the number of the first record that an iterator is to read. */
  position({ ShardId, ShardIteratorType: type, SequenceNumber }: IteratorInput): number {
    if (ShardId !== this.#shard) throw notFound(`the shard ${ShardId} of ${this.arn}`);
    if (type === 'TRIM_HORIZON') return 1;
    if (type === 'LATEST') return this.#last + 1;
    const number = Number(SequenceNumber);
    if (!Number.isInteger(number))
      throw invalid(`SequenceNumber: given ${SequenceNumber}; allowed: a number`);
    if (type === 'AT_SEQUENCE_NUMBER') return number;
    if (type === 'AFTER_SEQUENCE_NUMBER') return number + 1;
    throw invalid(
      `ShardIteratorType: given ${type}; allowed: TRIM_HORIZON, LATEST, AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER`,
    );
  }

  /** Returns a page of records from a number on, and the number at which the next page begins. */
  read(from: number, limit = mostRecords): { readonly records: readonly object[]; readonly next: number } {
    const first = this.#records[0]?.sequence ?? this.#last + 1;
    const start = Math.max(0, from - first);
    const page = this.#records.slice(start, start + Math.min(limit, mostRecords));
    const next = (page.at(-1)?.sequence ?? from - 1) + 1;
    return { records: page.map(({ record }) => record), next };
  }

  #trim(now: number): void {
    const oldest = now - longestStoredMs;
    if ((this.#records[0]?.at ?? now) >= oldest) return;
    this.#records = this.#records.filter(({ at }) => at >= oldest);
  }
}
