import type { InboundType, Problem } from '../../events/index.ts';
import { DistinctCounter } from './distinct-counter.ts';
import type { ImportedEntry } from './row-events.ts';

/** A row that gave no events, in the form of the file of rejects. */
export interface Reject {
  readonly file: string;
  readonly line: number;
  readonly kind: 'rejected' | 'unmatched';
  readonly reasons: readonly Problem[];
  readonly row: Readonly<Record<string, string>>;
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
  /** The earliest and the latest `occurredAt`. */
  readonly from?: string;
  readonly to?: string;
  readonly joins: readonly JoinSummary[];
  /** The first rejects, to be shown. All are in `rejects`. */
  readonly firstRejects: readonly Reject[];
  readonly out: string;
  /** The file of rejects, if there are any. */
  readonly rejects?: string;
}

const shownRejects = 20;

/** The counts of an import in progress. */
export class Tally {
  readonly #leads = new DistinctCounter();
  readonly #ids = new DistinctCounter();
  readonly #byType: Partial<Record<InboundType, number>> = {};
  readonly #firstRejects: Reject[] = [];
  #rejectedRows = 0;
  #rowsWithoutEvents = 0;
  #events = 0;
  #repeatedEvents = 0;
  #from: string | undefined;
  #to: string | undefined;
  rows = 0;
  /** The number of rejected and of unmatched rows, those of joined files included. */
  rejects = 0;

  addReject(reject: Reject): void {
    this.rejects += 1;
    if (this.#firstRejects.length < shownRejects) this.#firstRejects.push(reject);
  }

  addRejectedRow(): void {
    this.#rejectedRows += 1;
  }

  addGoodRow(leadId: string, entries: readonly ImportedEntry[]): void {
    this.#leads.add(leadId);
    if (entries.length === 0) this.#rowsWithoutEvents += 1;
    for (const entry of entries) this.#addEvent(entry);
  }

  #addEvent({ 'detail-type': type, detail: { metadata } }: ImportedEntry): void {
    const { eventId, occurredAt } = metadata;
    this.#events += 1;
    this.#byType[type] = (this.#byType[type] ?? 0) + 1;
    if (this.#ids.add(eventId)) this.#repeatedEvents += 1;
    if (this.#from === undefined || occurredAt < this.#from) this.#from = occurredAt;
    if (this.#to === undefined || occurredAt > this.#to) this.#to = occurredAt;
  }

  summary(joins: readonly JoinSummary[], out: string, rejects: string): ImportSummary {
    return {
      rows: this.rows,
      rejectedRows: this.#rejectedRows,
      rowsWithoutEvents: this.#rowsWithoutEvents,
      leads: { count: this.#leads.count, atLeast: this.#leads.full },
      events: this.#events,
      eventsByType: this.#byType,
      repeatedEvents: this.#repeatedEvents,
      ...(this.#from !== undefined && { from: this.#from }),
      ...(this.#to !== undefined && { to: this.#to }),
      joins,
      firstRejects: this.#firstRejects,
      out,
      ...(this.rejects > 0 && { rejects }),
    };
  }
}
