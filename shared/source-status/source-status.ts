import type { OutcomeCounts } from '../intake/index.ts';

/** The event of one request, or of one message of a partner bus, for the status of its source. Nothing is personal. */
export interface SourceNote {
  readonly source: string;
  /** The reason for which the request was refused, and what would be allowed; left out if it wasn't. */
  readonly refused?: { readonly reason: string; readonly allowed: string } | undefined;
  /** Whether the request was taken in before. */
  readonly repeated?: boolean | undefined;
  /** The payloads by outcome. */
  readonly counts?: OutcomeCounts | undefined;
  /** The payloads without a mapping, by name. */
  readonly unknown?: ReadonlyMap<string, number> | undefined;
}

/** The counts of a source, and the last that came from it. */
export interface SourceStatus {
  readonly source: string;
  /** UTC, ISO 8601; left out if nothing has come. Refused requests count as received. */
  readonly lastReceivedAt?: string;
  /** The instant at which a request was last taken in. */
  readonly lastTakenAt?: string;
  readonly lastRefusal?: { readonly reason: string; readonly allowed: string; readonly at: string };
  readonly requests: number;
  readonly repeated: number;
  /** The refused requests by reason. */
  readonly refused: ReadonlyMap<string, number>;
  /** The payloads by outcome. */
  readonly payloads: ReadonlyMap<string, number>;
  /** The payloads without a mapping by name. Those of names beyond the hundredth are counted together. */
  readonly unknown: ReadonlyMap<string, number>;
}
