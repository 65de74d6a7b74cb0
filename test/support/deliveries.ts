import type { DynamoDBRecord, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { scoreLeads } from '../../functions/score-leads/score-leads.ts';
import type { Item } from '../../shared/dynamodb/index.ts';
import { isEntrySortKey, leadKey } from '../../shared/keys/index.ts';
import type { LeadEvent } from '../../shared/lead/index.ts';
import {
  type DecidedEntry,
  type Ledger,
  type LedgerEntry,
  parseEntry,
  type StoredLead,
} from '../../shared/ledger/index.ts';
import { type ActiveModels, createFixedModels } from '../../shared/model-store/index.ts';
import type { Quarantine, QuarantineRedactor, Rejected } from '../../shared/quarantine/index.ts';
import type { Wait } from '../../shared/retry/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { now as usualNow } from './events.ts';
import { successReady } from './models.ts';
import { createMemoryWorld, type MemoryLedger, type MemoryWorld } from './world.ts';

/** Returns a message as a rule puts it in a queue. A string stands for a body that is taken as it is. */
export const buildMessage = (entry: unknown, messageId: string, receiveCount = 1): SQSRecord =>
  ({
    messageId,
    body: typeof entry === 'string' ? entry : JSON.stringify(entry),
    attributes: { ApproximateReceiveCount: String(receiveCount) },
  }) as SQSRecord;

/** Returns a batch of messages with the ids m-0, m-1, … */
export const buildBatch = (...entries: readonly unknown[]): SQSEvent => ({
  Records: entries.map((entry, i) => buildMessage(entry, `m-${i}`)),
});

export const failedIds = ({ batchItemFailures }: SQSBatchResponse): string[] =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

/** One write as a stream shows it: the item after it and before it, if there is one. */
export interface StreamImage {
  readonly item?: Item;
  readonly before?: Item;
}

/** Returns an item as Lambda hands it over: as JSON, with bytes in base64. */
const asJson = (item: Item): never =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      value.B === undefined ? value : { B: Buffer.from(value.B).toString('base64') },
    ]),
  ) as never;

/** Returns records of a stream, with the sequence numbers 100, 101, … */
export const buildStreamEvent = (...images: readonly StreamImage[]): { Records: DynamoDBRecord[] } => ({
  Records: images.map(({ item, before }, i) => ({
    eventName: item === undefined ? 'REMOVE' : before === undefined ? 'INSERT' : 'MODIFY',
    dynamodb: {
      SequenceNumber: String(100 + i),
      ...(item !== undefined && { NewImage: asJson(item) }),
      ...(before !== undefined && { OldImage: asJson(before) }),
    },
  })),
});

/** Returns the event of an entry. @throws Error if the entry was erased */
export const requireEvent = (entry: LedgerEntry): LeadEvent => {
  if (entry.kind === 'erased') throw new Error(`${entry.sk} was erased`);
  return entry.event;
};

/** Returns an entry after which the lead was judged. @throws Error if the entry is of another kind */
export const requireDecided = (entry: LedgerEntry): DecidedEntry => {
  if (entry.kind !== 'decided') throw new Error(`${entry.sk} is ${entry.kind}`);
  return entry;
};

export interface ScoringWorld {
  readonly stores: MemoryWorld;
  readonly memory: MemoryLedger;
  /** The rejected events, in order. */
  readonly quarantined: Rejected[];
  /** The ids of the quarantined events that were redacted afterwards. */
  readonly redacted: string[];
  /** Every item written, in order, as a stream shows it. */
  readonly written: Item[];
  readonly waits: number[];
  readonly score: (event: SQSEvent) => Promise<SQSBatchResponse>;
  /** Returns the entries of a lead as they were written, in order. */
  readonly findEntries: (leadId: string) => Promise<LedgerEntry[]>;
  /** Returns the events of a lead's entries, in the order of writing. @throws Error if one was erased */
  readonly findEvents: (leadId: string) => Promise<LeadEvent[]>;
}

interface Replaced {
  /** The stores of another world, if the two share them. @default fresh ones */
  readonly stores?: MemoryWorld;
  readonly ledger?: (memory: MemoryLedger, stores: MemoryWorld) => Ledger;
  readonly quarantine?: Quarantine & Partial<Pick<QuarantineRedactor, 'redact'>>;
  readonly model?: ScoringModel;
  readonly ensureModelStored?: () => Promise<void>;
  /** In place of `model`, which is then not used. */
  readonly models?: ActiveModels;
  readonly now?: () => number;
}

/** Creates score-leads over tables in memory. A test may put its own ledger or quarantine before them. */
export const createScoringWorld = ({
  stores = createMemoryWorld(),
  ledger,
  quarantine,
  model = successReady(),
  ensureModelStored = async () => {},
  models,
  now = () => usualNow,
}: Replaced = {}): ScoringWorld => {
  const quarantined: Rejected[] = [];
  const redacted: string[] = [];
  const written: Item[] = [];
  const waits: number[] = [];
  const { ledger: memory } = stores;
  memory.onWrite((item) => written.push(item));
  const wait: Wait = async (ms) => void waits.push(ms);
  const score = scoreLeads({
    ledger: ledger?.(memory, stores) ?? memory,
    quarantine: {
      store: (rejected) => {
        quarantined.push(rejected);
        return stores.quarantine.store(rejected);
      },
      redact: (id, by) => {
        redacted.push(id);
        return stores.quarantine.redact(id, by);
      },
      ...quarantine,
    },
    models: models ?? createFixedModels(model, ensureModelStored),
    wait,
    now,
  });
  const findEntries = async (leadId: string) =>
    written.filter(({ pk, sk }) => pk?.S === leadKey(leadId) && isEntrySortKey(sk?.S ?? '')).map(parseEntry);
  const findEvents = async (leadId: string) => (await findEntries(leadId)).map(requireEvent);
  return { stores, memory, quarantined, redacted, written, waits, score, findEntries, findEvents };
};

/** Delivers each event in a batch of its own. @throws Error if one of them fails */
export const deliver = async ({ score }: ScoringWorld, ...entries: readonly unknown[]): Promise<void> => {
  for (const entry of entries) {
    if (failedIds(await score(buildBatch(entry))).length > 0) throw new Error('an event failed');
  }
};

export const loadLead = async ({ memory }: ScoringWorld, leadId: string): Promise<StoredLead | undefined> =>
  (await memory.load([leadId])).get(leadId);

/** Returns the codes of the rejected events, in order. */
export const rejectionCodes = ({ quarantined }: ScoringWorld): string[] =>
  quarantined.map(({ rejection }) => rejection.code);
