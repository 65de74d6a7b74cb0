import type { InboundType } from '../../events/index.ts';
import { DistinctCounter } from './distinct-counter.ts';
import { type Reject, type RejectGroup, RejectGroups } from './reject-groups.ts';
import type { ImportedEntry, PassedOver } from './row-events.ts';

/** A number of events that weren't written since a cell that they need has no value. Their rows are good. */
export interface PassedOverCount extends PassedOver {
  readonly count: number;
}

/** A count in bounded memory. */
interface Distinct {
  readonly count: number;
  /** Whether there may be more, because counting stopped. */
  readonly atLeast: boolean;
}

export interface JoinSummary {
  readonly name: string;
  readonly file: string;
  readonly rows: number;
  readonly matchedRows: number;
  readonly unmatchedRows: number;
  readonly rejectedRows: number;
}

export interface ImportSummary {
  /** Rows of the main file, without its header. rows = rows with events + rowsWithoutEvents + rejectedRows. */
  readonly rows: number;
  readonly rejectedRows: number;
  /** Good rows in which no event of the mapping happened. */
  readonly rowsWithoutEvents: number;
  readonly leads: Distinct;
  readonly events: number;
  readonly eventsByType: Readonly<Partial<Record<InboundType, number>>>;
  /** Events that repeat an earlier one word for word. The ledger records only the first. */
  readonly repeatedEvents: number;
  /** Events that are history: they announce nothing. */
  readonly history: number;
  /** The earliest and the latest `occurredAt`. */
  readonly from?: string;
  readonly to?: string;
  readonly joins: readonly JoinSummary[];
  /** Events that a row doesn't give, since their date or a field that they need has no value; the most first. */
  readonly passedOver: readonly PassedOverCount[];
  /** Why rows were rejected or are unmatched, the most frequent reason first. All rows are in `rejects`. */
  readonly reasons: readonly RejectGroup[];
  /** Sentences about settings in which a file differs from the mapping, such as its encoding. */
  readonly remarks: readonly string[];
  readonly out: string;
  /** The file of rejects, if there are any. */
  readonly rejects?: string;
}

/** The counts of an import in progress. */
export class Tally {
  readonly #leads = new DistinctCounter();
  readonly #ids = new DistinctCounter();
  readonly #byType: Partial<Record<InboundType, number>> = {};
  readonly #reasons = new RejectGroups();
  readonly #passedOver = new Map<string, PassedOverCount>();
  #rejectedRows = 0;
  #rowsWithoutEvents = 0;
  #events = 0;
  #repeatedEvents = 0;
  #history = 0;
  #from: string | undefined;
  #to: string | undefined;
  rows = 0;
  /** The number of rejected and of unmatched rows, those of joined files included. */
  rejects = 0;

  addReject(reject: Reject): void {
    this.rejects += 1;
    this.#reasons.add(reject);
  }

  addRejectedRow(): void {
    this.#rejectedRows += 1;
  }

  addGoodRow(leadId: string, entries: readonly ImportedEntry[], passedOver: readonly PassedOver[]): void {
    this.#leads.add(leadId);
    for (const each of passedOver) {
      const key = JSON.stringify([each.event, each.column]);
      const count = (this.#passedOver.get(key)?.count ?? 0) + 1;
      this.#passedOver.set(key, { ...each, count });
    }
    if (entries.length === 0) this.#rowsWithoutEvents += 1;
    for (const entry of entries) this.#addEvent(entry);
  }

  #addEvent({ 'detail-type': type, detail: { metadata } }: ImportedEntry): void {
    const { eventId, occurredAt, backfill } = metadata;
    this.#events += 1;
    if (backfill) this.#history += 1;
    this.#byType[type] = (this.#byType[type] ?? 0) + 1;
    if (this.#ids.add(eventId)) this.#repeatedEvents += 1;
    if (this.#from === undefined || occurredAt < this.#from) this.#from = occurredAt;
    if (this.#to === undefined || occurredAt > this.#to) this.#to = occurredAt;
  }

  summary(
    joins: readonly JoinSummary[],
    remarks: readonly string[],
    out: string,
    rejects: string,
  ): ImportSummary {
    return {
      rows: this.rows,
      rejectedRows: this.#rejectedRows,
      rowsWithoutEvents: this.#rowsWithoutEvents,
      leads: { count: this.#leads.count, atLeast: this.#leads.full },
      events: this.#events,
      eventsByType: this.#byType,
      repeatedEvents: this.#repeatedEvents,
      history: this.#history,
      ...(this.#from !== undefined && { from: this.#from }),
      ...(this.#to !== undefined && { to: this.#to }),
      joins,
      passedOver: [...this.#passedOver.values()].sort((a, b) => b.count - a.count),
      reasons: this.#reasons.list(),
      remarks,
      out,
      ...(this.rejects > 0 && { rejects }),
    };
  }
}
