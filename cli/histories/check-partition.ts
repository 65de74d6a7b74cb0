import { renameSync, rmSync, writeFileSync } from 'node:fs';
import type { AcceptedEvent, Rejection } from '../../events/index.ts';
import { entrySortKey } from '../../shared/keys/index.ts';
import { toLeadEvent } from '../../shared/lead/index.ts';
import { buildContent, sameContent } from '../../shared/ledger/index.ts';
import { checkEvent } from './check-event.ts';
import type { EntryOrigin } from './lead-history.ts';
import { LineWriter } from './line-writer.ts';
import { parseRawLine, type RawEntry, toFileEntry } from './raw-line.ts';
import { readLines } from './read-lines.ts';
import { noSpan, type Span, widenSpan } from './span.ts';
import { createUnitedLeads } from './united-leads.ts';

export interface CheckProps {
  /** The clock, in milliseconds since 1970. */
  readonly now: number;
  /** Whether of two copies of an event, of which one is history, the other counts. */
  readonly prefersLive?: boolean | undefined;
}

export interface CheckedPartition {
  readonly rejected: number;
  readonly duplicates: number;
  readonly span: Span;
}

/** An accepted event as JSON, so that a partition in memory is little more than its text. */
interface Kept {
  number: number;
  origin: EntryOrigin;
  json: string;
  isHistory: boolean;
  copies: number;
}

/** Returns the file in which the rejected entries of a partition are stored. */
export const rejectedFile = (partition: string): string => `${partition}.rejected`;

/** A rejected entry as its file stores it, one a line. */
export interface StoredRejection {
  readonly raw: RawEntry;
  readonly rejection: Rejection;
}

const conflicting = ({ metadata: { eventId } }: AcceptedEvent): Rejection => ({
  code: 'conflicting-content',
  problems: [
    {
      path: 'detail.metadata.eventId',
      given: JSON.stringify(eventId),
      allowed:
        'an id of its own: an event of this lead with this id and occurredAt, but other content, is recorded',
    },
  ],
});

const isSame = (kept: Kept, event: AcceptedEvent): boolean =>
  sameContent(
    buildContent(toLeadEvent(JSON.parse(kept.json) as AcceptedEvent)),
    buildContent(toLeadEvent(event)),
  );

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The events of a partition by the lead that they name, and what was left out. */
class PartitionCheck {
  readonly #props: CheckProps;
  readonly #rejections: LineWriter;
  readonly #rejectedFile: string;
  readonly #byKey = new Map<string, Kept>();
  readonly #byLead = new Map<string, Kept[]>();
  readonly #merges: { readonly number: number; readonly leadId: string; readonly merged: string }[] = [];
  #rejected = 0;
  #duplicates = 0;
  #span = noSpan;

  constructor(partition: string, props: CheckProps) {
    this.#props = props;
    this.#rejectedFile = rejectedFile(partition);
    this.#rejections = new LineWriter(64 * 1024);
  }

  add(raw: RawEntry): void {
    const checked = checkEvent(toFileEntry(raw, []), this.#props.now);
    if (checked.ok) this.#take(raw, checked.event);
    else this.#reject(raw, checked.rejection);
  }

  #take({ number, origin, ...rest }: RawEntry, event: AcceptedEvent): void {
    const key = `${event.data.leadId} ${entrySortKey(event)}`;
    const isHistory = event.metadata.backfill === true;
    const at = Date.parse(event.metadata.occurredAt);
    const lastHistoryAt = isHistory ? at : undefined;
    this.#span = widenSpan(this.#span, { firstAt: at, lastAt: at, last: origin, lastHistoryAt });
    const first = this.#byKey.get(key);
    const given = { number, origin, json: JSON.stringify(event), isHistory };
    if (first === undefined) this.#keep(key, { ...given, copies: 0 }, event);
    else if (this.#props.prefersLive && first.isHistory && !isHistory) this.#replace(first, given, event);
    else if (isSame(first, event)) this.#addCopy(first);
    else this.#reject({ number, origin, ...rest }, conflicting(event));
  }

  #addCopy(first: Kept): void {
    this.#duplicates++;
    first.copies++;
  }

  /** Lets an event count in place of the one that came before in the files, which comes after it in time. */
  #replace(first: Kept, given: Omit<Kept, 'copies'>, event: AcceptedEvent): void {
    const { number, origin, json, copies } = first;
    const same = isSame(first, event);
    Object.assign(first, given);
    if (same) {
      this.#addCopy(first);
      return;
    }
    first.copies = 0;
    this.#duplicates -= copies;
    const raw = { number, origin, leadId: event.data.leadId, text: json };
    for (let i = 0; i <= copies; i++) this.#reject(raw, conflicting(event));
  }

  #keep(key: string, kept: Kept, { type, data }: AcceptedEvent): void {
    const { leadId } = data;
    this.#byKey.set(key, kept);
    const others = this.#byLead.get(leadId);
    if (others === undefined) this.#byLead.set(leadId, [kept]);
    else others.push(kept);
    if (type === 'LeadsMerged') this.#merges.push({ number: kept.number, leadId, merged: data.mergedLeadId });
  }

  #reject(raw: RawEntry, rejection: Rejection): void {
    this.#rejected++;
    this.#rejections.write(this.#rejectedFile, JSON.stringify({ raw, rejection } satisfies StoredRejection));
  }

  /** Yields the events lead by lead, those of leads that are one together, as the lines of a checked partition. */
  *lines(): Generator<string> {
    const united = createUnitedLeads();
    for (const { leadId, merged } of this.#merges.toSorted((a, b) => a.number - b.number))
      united.unite(leadId, merged);
    const histories = new Map<string, Kept[]>();
    for (const [leadId, events] of this.#byLead) {
      const survivor = united.find(leadId);
      const others = histories.get(survivor);
      if (others === undefined) histories.set(survivor, [...events]);
      else for (const event of events) others.push(event);
    }
    for (const [leadId, events] of [...histories].sort(([a], [b]) => compare(a, b))) {
      yield JSON.stringify(leadId);
      for (const { number, origin, copies, json } of events.sort((a, b) => a.number - b.number))
        yield `{"number":${number},"origin":[${origin}]${copies > 0 ? `,"copies":${copies}` : ''},"event":${json}}`;
    }
  }

  finish(): CheckedPartition {
    this.#rejections.flush();
    return { rejected: this.#rejected, duplicates: this.#duplicates, span: this.#span };
  }
}

/** Checks the raw entries of a partition, and replaces them by the accepted events, lead by lead. */
export const work = (partition: string, props: CheckProps): CheckedPartition => {
  // A thread that ran out of memory may have left some behind.
  rmSync(rejectedFile(partition), { force: true });
  const check = new PartitionCheck(partition, props);
  for (const line of readLines(partition)) check.add(parseRawLine(line));
  const result = check.finish();
  const draft = `${partition}.checked`;
  writeFileSync(draft, '', { mode: 0o600 });
  const writer = new LineWriter(256 * 1024);
  for (const line of check.lines()) writer.write(draft, line);
  writer.flush();
  renameSync(draft, partition);
  return result;
};
