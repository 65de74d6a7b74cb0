import type { Action, Stage, Tier } from '../../events/index.ts';
import type { Status } from '../funnel/index.ts';
import type { Facts } from '../scoring/index.ts';

export interface Disqualification {
  readonly disqualifier: string;
  readonly class: 'persona' | 'authority' | 'problem';
  readonly text: string;
}

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

/** A lead as stored: the fold of its ledger. */
export interface LeadState extends Standing {
  readonly leadId: string;
  /** Rises by one a commit, from 1. */
  readonly version: number;
  readonly facts: Facts;
}
