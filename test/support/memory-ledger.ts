import type { Item } from '../../shared/dynamodb/index.ts';
import { entrySortKey, isEntrySortKey, leadKey, stateKey } from '../../shared/keys/index.ts';
import type { LeadEvent } from '../../shared/lead/index.ts';
import {
  type Appended,
  contentOf,
  type EntryContent,
  type Ledger,
  mostEvents,
  type PreparedCommit,
  parseEntry,
  parseLead,
  type StoredLead,
} from '../../shared/ledger/index.ts';

const at = (pk: string, sk: string): string => `${pk}\n${sk}`;

/** The ledger's interface over a map of the very items that DynamoDB would hold. */
export interface MemoryLedger extends Ledger {
  readonly items: Map<string, Item>;
  /** Called with each item written, in order, as a stream would see it. */
  onWrite?: (item: Item) => void;
}

const contentIn = (item: Item): EntryContent => {
  const { type, source, ...entry } = parseEntry(item);
  return 'event' in entry ? contentOf(entry.event) : { type, source };
};

/** @param items those of a table, to be shared with others that keep something there */
export const createMemoryLedger = (items: Map<string, Item> = new Map()): MemoryLedger => {
  const put = (ledger: MemoryLedger, item: Item) => {
    items.set(at(item.pk?.S ?? '', item.sk?.S ?? ''), item);
    ledger.onWrite?.(item);
  };
  const leadOf = (leadId: string): StoredLead | undefined => {
    const { pk, sk } = stateKey(leadId);
    const item = items.get(at(pk, sk));
    return item && parseLead(item);
  };
  const present = (leadId: string, events: readonly LeadEvent[]): Map<string, EntryContent> =>
    new Map(
      events.flatMap((event): [string, EntryContent][] => {
        const sk = entrySortKey(event, leadId);
        const item = items.get(at(leadKey(leadId), sk));
        return item === undefined ? [] : [[sk, contentIn(item)]];
      }),
    );
  const presentOf = ({ commit: { leadId, entries } }: PreparedCommit): [string, EntryContent][] => [
    ...present(
      leadId,
      entries.map(({ event }) => event),
    ),
  ];
  const ledger: MemoryLedger = {
    items,
    async load(leadIds) {
      return new Map(
        leadIds.flatMap((leadId) => {
          const lead = leadOf(leadId);
          return lead === undefined ? [] : [[leadId, lead] as const];
        }),
      );
    },
    async find(leadId, events) {
      return present(leadId, events);
    },
    // No await between the checks and the writes: a transaction is whole.
    async append(prepared, other): Promise<Appended> {
      const commits = other === undefined ? [prepared] : [prepared, other];
      const writes = commits.reduce((sum, { items }) => sum + items.entries.length + 1, 0);
      if (writes > mostEvents + 1) throw new RangeError(`${writes} writes; at most ${mostEvents + 1}`);
      const found = new Map(commits.flatMap(presentOf));
      if (found.size > 0) return { kind: 'present', entries: found };
      const isMoved = ({ commit: { leadId, basedOn } }: PreparedCommit) =>
        (leadOf(leadId)?.version ?? 0) !== basedOn.version;
      if (commits.some(isMoved)) return { kind: 'conflict' };
      for (const { items } of commits) {
        for (const item of [items.state, ...items.entries]) put(ledger, item);
      }
      return { kind: 'appended', head: prepared.head };
    },
    async *timeline(leadId) {
      const entries = [...items.values()].filter(
        (item) => item.pk?.S === leadKey(leadId) && isEntrySortKey(item.sk?.S ?? ''),
      );
      entries.sort((a, b) => ((a.sk?.S ?? '') < (b.sk?.S ?? '') ? -1 : 1));
      yield* entries.map(parseEntry);
    },
  };
  return ledger;
};
