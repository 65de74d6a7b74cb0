import { dayMs, hourMs } from '../time-units.ts';

/** The bounds of every request and answer of the API. */
export const apiLimits = {
  /** The most bytes of a body. */
  bodyBytes: 64 * 1024,
  /**
   * The most bytes of a body of events. Lambda takes 6 MB, in which each quote of the body needs a second byte, and a
   * body in base64 a third more.
   */
  eventsBytes: 3 * 1024 * 1024,
  /** The most bytes of the body by which a model is published. */
  modelBytes: 1024 * 1024,
  /** The deepest nesting of such a body: that of a model, within the body. */
  modelDepth: 41,
  /** The most entries of the history of models in one answer. */
  modelHistory: 1_000,
  /** The most events of a request. */
  events: 500,
  /** The most problems of one event that are named, so that an answer isn't much larger than its request. */
  problemsPerEvent: 5,
  /** The deepest nesting of a body. */
  depth: 12,
  /** The most entries of a page, and the number without `limit`. */
  pageSize: 200,
  usualPageSize: 50,
  /** The most problems that a problem document lists, and the most characters of a path in it. */
  problems: 100,
  problemPathLength: 300,
  /** The most characters of a cursor. */
  cursorLength: 2_048,
  /** The time for which a cursor is valid. */
  cursorMs: dayMs,
  /** The time for which a request is known by its idempotency key. */
  requestMs: dayMs,
  /** The time for which a version is taken by a request with `If-Match` whose event isn't recorded yet. */
  claimMs: hourMs / 12,
  /** The most days of flows in one answer. */
  funnelDays: 366,
  /** The most leads behind a figure that are listed. */
  countedLeads: 200,
  /** The most items that one answer reads from a table. */
  itemsRead: 1_000,
  /** The bytes at which a page of rejected events ends. */
  quarantinePageBytes: 4 * 1024 * 1024,
  /** The bytes at which a page of leads with their facts ends. */
  leadPageBytes: 4 * 1024 * 1024,
  /** The most bytes of an answer as a function returns it, with its body as a text within JSON. Lambda takes 6 MB. */
  answerBytes: 6_000_000,
  /** The number of characters of the text of a rejected event that a list shows. */
  quarantinedCharacters: 4_096,
  /** The most entries of a ledger that are verified in one answer. */
  proofEntries: 5_000,
  /** The most items that are counted of what waits or was rejected, for an answer about health. */
  healthItems: 1_000,
  /** The most items that a report reads. A larger table is reported on by the command `sluice report`. */
  reportItems: 200_000,
  /** The time for which a report reads. An HTTP API gives up an answer after 30 seconds. */
  reportMs: 25_000,
} as const;
