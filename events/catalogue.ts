import type { DataOf, EventOf } from './envelope.ts';
import { HandoffAccepted } from './inbound/handoff-accepted.ts';
import { HandoffRejected } from './inbound/handoff-rejected.ts';
import { LeadActivityRecorded } from './inbound/lead-activity-recorded.ts';
import { LeadAnswersRecorded } from './inbound/lead-answers-recorded.ts';
import { LeadErasureRequested } from './inbound/lead-erasure-requested.ts';
import { LeadIdentified } from './inbound/lead-identified.ts';
import { LeadOutcomeRecorded } from './inbound/lead-outcome-recorded.ts';
import { LeadOverridden } from './inbound/lead-overridden.ts';
import { LeadOverrideLifted } from './inbound/lead-override-lifted.ts';
import { LeadProfileUpdated } from './inbound/lead-profile-updated.ts';
import { LeadRescoreRequested } from './inbound/lead-rescore-requested.ts';
import { LeadStageChanged } from './inbound/lead-stage-changed.ts';
import { LeadsMerged } from './inbound/leads-merged.ts';
import { HandoffDue } from './internal/handoff-due.ts';
import { LeadClockAdvanced } from './internal/lead-clock-advanced.ts';
import { NurtureDue } from './internal/nurture-due.ts';
import { DeliveriesPaused } from './outbound/deliveries-paused.ts';
import { EventQuarantined } from './outbound/event-quarantined.ts';
import { HandoffDeadlineMoved } from './outbound/handoff-deadline-moved.ts';
import { HandoffExpired } from './outbound/handoff-expired.ts';
import { HandoffRequested } from './outbound/handoff-requested.ts';
import { LeadDisqualified } from './outbound/lead-disqualified.ts';
import { LeadErased } from './outbound/lead-erased.ts';
import { LeadRedirected } from './outbound/lead-redirected.ts';
import { LeadRequalified } from './outbound/lead-requalified.ts';
import { LeadScored } from './outbound/lead-scored.ts';
import { LeadStageTransitioned } from './outbound/lead-stage-transitioned.ts';
import { LeadTierChanged } from './outbound/lead-tier-changed.ts';
import { NurtureStarted } from './outbound/nurture-started.ts';
import { NurtureStopped } from './outbound/nurture-stopped.ts';
import { ScoringModelActivated } from './outbound/scoring-model-activated.ts';
import { ScoringModelDrifted } from './outbound/scoring-model-drifted.ts';

/** Every event that Sluice takes in, by detail-type. */
export const inboundContracts = {
  LeadStageChanged,
  LeadProfileUpdated,
  LeadActivityRecorded,
  LeadAnswersRecorded,
  LeadOutcomeRecorded,
  LeadsMerged,
  LeadErasureRequested,
  LeadRescoreRequested,
  LeadIdentified,
  HandoffAccepted,
  HandoffRejected,
  LeadOverridden,
  LeadOverrideLifted,
} as const;

/** Every event that Sluice announces, by detail-type. */
export const outboundContracts = {
  LeadTierChanged,
  LeadStageTransitioned,
  LeadDisqualified,
  LeadRequalified,
  LeadRedirected,
  LeadErased,
  LeadScored,
  NurtureStarted,
  NurtureStopped,
  HandoffRequested,
  HandoffExpired,
  HandoffDeadlineMoved,
  EventQuarantined,
  ScoringModelActivated,
  ScoringModelDrifted,
  DeliveriesPaused,
} as const;

/** Every message from one function of Sluice to another, by detail-type. None is ever on the bus. */
export const internalContracts = { LeadClockAdvanced, HandoffDue, NurtureDue } as const;

export type InternalType = keyof typeof internalContracts;
export type InternalEvent = { [T in InternalType]: EventOf<(typeof internalContracts)[T]> }[InternalType];

export type InboundType = keyof typeof inboundContracts;
export type OutboundType = keyof typeof outboundContracts;
export type EventType = InboundType | OutboundType;
/** The contract of a type. */
export type ContractOf<Type extends EventType> = (typeof inboundContracts & typeof outboundContracts)[Type];

export type InboundEvent = { [T in InboundType]: EventOf<ContractOf<T>> }[InboundType];

type Announcements = {
  readonly [T in OutboundType]: { readonly type: T } & Readonly<DataOf<ContractOf<T>>>;
};

/**
 * The content of an announcement: its type and, beside it, the data of its contract. It is flat, so that a change of
 * any type can be spread into it and the compiler still relates the data to the type.
 */
export type Announcement<Type extends OutboundType = OutboundType> = Announcements[Type];
