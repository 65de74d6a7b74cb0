import type { Action, Disqualification, Stage, Status, Tier } from '../../events/index.ts';
import type { Facts } from '../scoring/index.ts';

/** How a lead stands: what its facts come to under a model. */
export interface Standing {
  readonly stage: Stage;
  readonly status: Status;
  readonly tier: Tier;
  /** 0 to 100 at the lead's stage and latest instant. */
  readonly score: number;
  /** 0 to 1. */
  readonly coverage: number;
  /** 0 to 100 by dimension. */
  readonly dimensions: Readonly<Record<string, number>>;
  readonly modelVersion: string;
  /** The lead's lane, while it is known to be in one. */
  readonly lane?: string;
  /** Whether it is ready for a demo, while the model has a slide and it is known. */
  readonly demoReady?: boolean;
  /** The policy asks for a hand-off, and too little is known for it. */
  readonly heldBack?: true;
  readonly action: Action;
  readonly disqualification?: Disqualification;
}

/** A lead that is scored: the fold of its ledger. */
export interface LeadState extends Standing {
  readonly leadId: string;
  /** Rises by one a commit, from 1. */
  readonly version: number;
  readonly facts: Facts;
}

/** A lead that was merged into another for good; what is said of it counts for that one. */
export interface MergedLead {
  readonly leadId: string;
  readonly version: number;
  readonly status: 'merged';
  readonly mergedInto: string;
}

/** A lead that was erased. It takes in nothing more. */
export interface ErasedLead {
  readonly leadId: string;
  readonly version: number;
  readonly status: 'erased';
}

export type ClosedLead = MergedLead | ErasedLead;

/** A lead as stored, whatever became of it. */
export type Lead = LeadState | ClosedLead;

export const isClosed = (lead: Lead): lead is ClosedLead =>
  lead.status === 'merged' || lead.status === 'erased';

/** Where a lead's ledger ends: the version of its state, and the hash of its last entry, in base64. */
export interface LedgerEnd {
  readonly version: number;
  readonly head: string;
}

/** Where the ledger of a lead ends that has none. */
export const noLedger: LedgerEnd = { version: 0, head: '' };
