import type { Item } from '../../../shared/dynamodb/index.ts';
import type { ScoringModel } from '../../../shared/scoring/index.ts';
import type { Change } from '../../support/memory-dynamodb/index.ts';
import type { Fate } from '../load/entry.ts';
import type { DeliveredEvent } from '../services/bus.ts';
import type { Invocation } from '../services/functions.ts';

/** One item written, and at which step of the run. All that one transaction writes has one step. */
export interface Written extends Change {
  readonly step: number;
}

/** An event that came in at the door, whichever way: what it says, and what must become of it. */
export interface Arrival {
  /** Of several texts that say the same, the first one. */
  readonly body: string;
  readonly key: string;
  readonly fate: Fate;
}

/** A message or a record of a stream that a function was given. */
export interface Given {
  readonly id: string;
  readonly body: string;
}

/** One event worked on, with what it held. */
export interface Worked extends Invocation {
  readonly given: readonly Given[];
}

/** Both tables, and how much had happened by then. */
export interface Snapshot {
  readonly leads: readonly Item[];
  readonly quarantine: readonly Item[];
  readonly announced: number;
}

/** All that a run leaves behind to be checked. */
export interface Evidence {
  readonly models: ReadonlyMap<string, ScoringModel>;
  /** The model that is active at the end. */
  readonly active: ScoringModel;
  readonly arrivals: ReadonlyMap<string, Arrival>;
  /** The tables when the storm was over; that they stay so is an invariant of its own. */
  readonly leads: readonly Item[];
  readonly quarantine: readonly Item[];
  readonly writes: readonly Written[];
  /** Every announcement that the bus took, in that order. */
  readonly announced: readonly DeliveredEvent[];
  readonly worked: readonly Worked[];
  /** Messages that were deleted though nobody had kept their events. */
  readonly lost: readonly string[];
  /** What the product's own audit said of leads that it did not find sound. */
  readonly audited: readonly string[];
  /** What is still under way, or dead, though everything has healed: by place. */
  readonly left: readonly { readonly place: string; readonly bodies: readonly string[] }[];
  readonly beforeReplay: Snapshot;
  readonly afterReplay: Snapshot;
  /** What nobody may find of a lead that was erased. */
  readonly secretOf: (leadId: string) => string;
}

/** Something that an invariant does not allow. */
export interface Finding {
  readonly invariant: string;
  readonly text: string;
}

export interface Invariant {
  readonly id: string;
  /** What holds, in a sentence. */
  readonly says: string;
  readonly check: (evidence: Evidence) => string[];
}
