import type { ApiClient } from '../../e2e/api/api-client.ts';

/** A place to run the scenario: the local runtime, an emulator, or an account. */
export interface Target {
  readonly api: ApiClient;
  /** Resolves when everything is processed. */
  readonly settle: () => Promise<void>;
  /** Returns the `data` of all announcements of a type so far. */
  readonly announced: (type: string) => readonly Readonly<Record<string, unknown>>[];
  readonly put: (entries: readonly object[]) => Promise<void>;
  /** Sends a webhook to a source, with its secret or another one. */
  readonly sendWebhook: (source: string, body: object, secret?: string) => Promise<void>;
  /** Puts an event on the bus of a partner: of the usual one, or of the one whose people are merged. */
  readonly putPartnerEvent: (detail: object, partner?: 'merging') => Promise<void>;
  /** Notes on each quarantined event of a lead, as an operator does, why it is discarded. */
  readonly discard: (leadId: string, note: string) => Promise<void>;
  /** Puts messages into the queue of `hand-off`, as `advance-leads` does, past the bus. */
  readonly sendToHandOff: (entries: readonly object[]) => Promise<void>;
  /** Stores a model, as `score-leads` does before it judges leads by it. */
  readonly storeModel: (version: string, document: object) => Promise<void>;
  /** Publishes and activates a model, as an operator does. */
  readonly activateModel: (document: object) => Promise<void>;
  /** Removes what was counted of one lead in the funnel, so that the first recount counts it. */
  readonly forgetCount: () => Promise<void>;
  /** Runs each function once that otherwise a schedule runs, such as `anchor-heads`. */
  readonly runScheduled: () => Promise<void>;
}
