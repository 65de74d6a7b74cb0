import type { AcceptedEvent } from '../../events/index.ts';

/** The position of an entry: the place of its file among the files, from 0, its line, and its place in a list or 0. */
export type EntryOrigin = readonly [file: number, line: number, item: number];

/** An accepted event of a file, with its number among all entries of the files, from 0. */
export interface NumberedEvent {
  readonly event: AcceptedEvent;
  readonly number: number;
  /** Left out if the event comes from no file. */
  readonly origin?: EntryOrigin;
  /** At least the number of characters of the event as JSON; left out if the event comes from no file. */
  readonly size?: number;
  /** The number of copies of the event that came after it; left out if there are none. */
  readonly copies?: number;
}

/**
 * All events of a lead, and of every lead that is one with it by a merge, in the order of the files. An event that is
 * there twice is there once.
 */
export interface LeadHistory {
  /** The lead that survives all merges. */
  readonly leadId: string;
  readonly events: readonly NumberedEvent[];
}
