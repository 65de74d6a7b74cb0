import {
  type Action,
  type Disqualification,
  isCanary,
  type Stage,
  type Status,
  type Tier,
} from '../../events/index.ts';
import type { Facts } from '../scoring/index.ts';

/** The part of a standing that a person overrides. */
interface Overridden {
  /** The tier by the model, which its hysteresis goes on from. */
  readonly tier: Tier;
  /** True if the lead is held out of hand-offs. */
  readonly hold?: true;
}

/** The standing of a lead: the result of judging its facts by a model. */
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
  /** The lead's lane, if it is in one. */
  readonly lane?: string;
  /** Whether the lead is ready for a demo, if the model has a slide and enough is known. */
  readonly demoReady?: boolean;
  /** True if the policy asks for a hand-off and too little is known for it. */
  readonly heldBack?: true;
  readonly action: Action;
  readonly disqualification?: Disqualification;
  /** Only there while a person overrides the model: the tier that the model gives, and whether the lead is held. */
  readonly overridden?: Overridden;
}

/** The part of a standing by which it is decided whether something has changed since it was announced. */
export type Announced = Pick<
  Standing,
  'stage' | 'status' | 'tier' | 'action' | 'modelVersion' | 'disqualification' | 'overridden'
>;

/** A lead that is scored: the fold of its ledger. */
export interface LeadState extends Standing {
  readonly leadId: string;
  /** The number of the lead's commits, from 1. */
  readonly version: number;
  readonly facts: Facts;
  /**
   * The standing as it was last announced, null if it never was. It is only there while the lead is unsettled: history
   * was loaded, and how the lead stands by it isn't announced yet.
   */
  readonly announced?: Announced | null;
  /** The score that was announced last. It is only there if the model's policy announces scores. */
  readonly announcedScore?: number;
  /**
   * True if another model was activated without actions: what runs for the lead goes on, and nothing starts until its
   * next own event.
   */
  readonly actionsWait?: true;
}

/** Returns the tier that the model gives a lead, whatever a person has set. */
export const modelTierOf = ({ tier, overridden }: Pick<Standing, 'tier' | 'overridden'>): Tier =>
  overridden?.tier ?? tier;

/**
 * The standing of a lead by the shadow model. Nothing of it is announced, and like the due time it isn't part of the
 * fold of a ledger.
 */
export interface ShadowStanding {
  /** The version of the shadow model. */
  readonly model: string;
  readonly stage: Stage;
  /** The tier by the model, also while a person overrides it. */
  readonly tier: Tier;
  readonly score: number;
  /** The action that the model's policy asks for; an override holds here as well. */
  readonly action: Action;
}

/** The standing by the shadow model, if there is one. */
export interface Shadowed {
  readonly shadow?: ShadowStanding | undefined;
}

/**
 * When time will come for a lead: never later than the instant at which something changes by itself. It isn't part of
 * the fold of its ledger.
 */
export interface Due {
  /** Milliseconds since 1970; undefined if nothing will change by itself. */
  readonly dueAt?: number | undefined;
  /** The partition of the index by due time in which the lead is, as long as `dueAt` stays. */
  readonly dueKey?: string | undefined;
}

/** A lead as it is found before an event. */
export type StoredState = LeadState & LedgerEnd & Due & Shadowed;

/** A lead that was merged into another one for good. Its later events count for that one. */
interface MergedLead {
  readonly leadId: string;
  readonly version: number;
  readonly status: 'merged';
  readonly mergedInto: string;
}

/** A lead that was erased. Later events don't change it. */
export interface ErasedLead {
  readonly leadId: string;
  readonly version: number;
  readonly status: 'erased';
}

export type ClosedLead = MergedLead | ErasedLead;

/** A lead as stored: open or closed. */
export type Lead = LeadState | ClosedLead;

export const isClosed = (lead: Lead): lead is ClosedLead =>
  lead.status === 'merged' || lead.status === 'erased';

/** Returns whether a lead is listed among those that are scored: merged and erased ones have no score, and a canary is nobody. */
export const isListed = <Given extends Lead>(lead: Given): lead is Given & LeadState =>
  !isClosed(lead) && !isCanary(lead.leadId);

/** The end of a lead's ledger: the version of its state, and the hash of its last entry, in base64. */
export interface LedgerEnd {
  readonly version: number;
  readonly head: string;
}

/** The end of the ledger of a lead that has none. */
const noLedger: LedgerEnd = { version: 0, head: '' };

/** Returns the end of a stored lead's ledger, or that of an empty one. */
export const endOf = (before: LedgerEnd | undefined): LedgerEnd =>
  before === undefined ? noLedger : { version: before.version, head: before.head };
