import type { DynamoDBRecord, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { scoreLeads } from '../../functions/score-leads/score-leads.ts';
import type { Item, Ledger, LedgerEntry, Quarantine, Rejected, Wait } from '../../shared/ledger/index.ts';
import { parseEntry } from '../../shared/ledger/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { now } from './events.ts';
import { createMemoryLedger, type MemoryLedger } from './memory-ledger.ts';
import { successReady } from './models.ts';

/** A message of a queue, as a rule puts it there. Text stands for a body that is to be taken as it is. */
export const messageOf = (entry: unknown, messageId: string, receiveCount = 1): SQSRecord =>
  ({
    messageId,
    body: typeof entry === 'string' ? entry : JSON.stringify(entry),
    attributes: { ApproximateReceiveCount: String(receiveCount) },
  }) as SQSRecord;

/** Messages with the ids m-0, m-1, … */
export const batchOf = (...entries: readonly unknown[]): SQSEvent => ({
  Records: entries.map((entry, i) => messageOf(entry, `m-${i}`)),
});

export const failedIds = ({ batchItemFailures }: SQSBatchResponse): string[] =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

/** What a stream says of one write: the item after it and before it, as far as there is one. */
export interface StreamImage {
  readonly item?: Item;
  readonly before?: Item;
}

/** Records of a stream, with the sequence numbers 100, 101, … */
export const streamOf = (...images: readonly StreamImage[]): { Records: DynamoDBRecord[] } => ({
  Records: images.map(({ item, before }, i) => ({
    eventName: item === undefined ? 'REMOVE' : before === undefined ? 'INSERT' : 'MODIFY',
    dynamodb: {
      SequenceNumber: String(100 + i),
      ...(item !== undefined && { NewImage: item as never }),
      ...(before !== undefined && { OldImage: before as never }),
    },
  })),
});

export interface ScoringWorld {
  readonly memory: MemoryLedger;
  /** What was rejected, in order. */
  readonly quarantined: Rejected[];
  /** Every item written, in order, as a stream would see it. */
  readonly written: Item[];
  readonly waits: number[];
  readonly score: (event: SQSEvent) => Promise<SQSBatchResponse>;
  readonly entriesOf: (leadId: string) => Promise<LedgerEntry[]>;
}

interface Replaced {
  readonly ledger?: (memory: MemoryLedger) => Ledger;
  readonly quarantine?: Quarantine;
  readonly model?: ScoringModel;
}

/** score-leads over a ledger in memory; a test puts its own ledger or quarantine before them. */
export const createScoringWorld = ({
  ledger,
  quarantine,
  model = successReady(),
}: Replaced = {}): ScoringWorld => {
  const memory = createMemoryLedger();
  const quarantined: Rejected[] = [];
  const written: Item[] = [];
  const waits: number[] = [];
  memory.onWrite = (item) => written.push(item);
  const wait: Wait = async (ms) => void waits.push(ms);
  const score = scoreLeads({
    ledger: ledger?.(memory) ?? memory,
    quarantine: quarantine ?? { keep: async (rejected) => void quarantined.push(rejected) },
    model,
    wait,
    now: () => now,
  });
  const entriesOf = async (leadId: string) =>
    written.filter(({ pk, sk }) => pk?.S === `LEAD#${leadId}` && sk?.S?.startsWith('EVENT#')).map(parseEntry);
  return { memory, quarantined, written, waits, score, entriesOf };
};
