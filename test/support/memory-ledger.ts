import type { LeadState, SignalEvent } from '../../shared/lead/index.ts';
import {
  type Appended,
  contentOf,
  type EntryContent,
  entrySortKey,
  type Item,
  itemsOf,
  type Ledger,
  leadKey,
  mostEvents,
  parseEntry,
  parseState,
  stateKey,
} from '../../shared/ledger/index.ts';

const at = (pk: string, sk: string): string => `${pk}\n${sk}`;

/** The ledger's interface over a map of the very items that DynamoDB would hold. */
export interface MemoryLedger extends Ledger {
  readonly items: ReadonlyMap<string, Item>;
  /** Called with each item written, in order, as a stream would see it. */
  onWrite?: (item: Item) => void;
}

export const createMemoryLedger = (): MemoryLedger => {
  const items = new Map<string, Item>();
  const put = (ledger: MemoryLedger, item: Item) => {
    items.set(at(item.pk?.S ?? '', item.sk?.S ?? ''), item);
    ledger.onWrite?.(item);
  };
  const stateOf = (leadId: string): LeadState | undefined => {
    const { pk, sk } = stateKey(leadId);
    const item = items.get(at(pk, sk));
    return item && parseState(item);
  };
  const present = (leadId: string, events: readonly SignalEvent[]): Map<string, EntryContent> =>
    new Map(
      events.flatMap((event): [string, EntryContent][] => {
        const sk = entrySortKey(event);
        const item = items.get(at(leadKey(leadId), sk));
        return item === undefined ? [] : [[sk, contentOf(parseEntry(item).event)]];
      }),
    );
  const ledger: MemoryLedger = {
    items,
    async load(leadIds) {
      return new Map(
        leadIds.flatMap((leadId) => {
          const state = stateOf(leadId);
          return state === undefined ? [] : [[leadId, state] as const];
        }),
      );
    },
    async find(leadId, events) {
      return present(leadId, events);
    },
    // No await between the checks and the writes: a transaction is whole.
    async append(commit): Promise<Appended> {
      const { leadId, basedOn, entries } = commit;
      if (entries.length > mostEvents)
        throw new RangeError(`${entries.length} entries; at most ${mostEvents}`);
      const found = present(
        leadId,
        entries.map(({ event }) => event),
      );
      if (found.size > 0) return { kind: 'present', entries: found };
      if ((stateOf(leadId)?.version ?? 0) !== basedOn) return { kind: 'conflict' };
      const items = itemsOf(commit);
      for (const item of [items.state, ...items.entries]) put(ledger, item);
      return { kind: 'appended' };
    },
    async *timeline(leadId) {
      const entries = [...items.values()].filter(
        (item) => item.pk?.S === leadKey(leadId) && item.sk?.S?.startsWith('EVENT#'),
      );
      entries.sort((a, b) => ((a.sk?.S ?? '') < (b.sk?.S ?? '') ? -1 : 1));
      yield* entries.map(parseEntry);
    },
  };
  return ledger;
};
