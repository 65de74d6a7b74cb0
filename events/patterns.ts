import { actionContracts } from './action-contracts.ts';
import { canaryPrefix } from './canary.ts';
import { inboundContracts, internalContracts } from './catalogue.ts';
import { deliverableTypes } from './deliverable-types.ts';
import type { Contract } from './envelope.ts';
import { HandoffDeadlineMoved } from './outbound/handoff-deadline-moved.ts';
import { HandoffExpired } from './outbound/handoff-expired.ts';
import { LeadErased } from './outbound/lead-erased.ts';
import { LeadStageTransitioned } from './outbound/lead-stage-transitioned.ts';
import { ScoringModelActivated } from './outbound/scoring-model-activated.ts';
import { sluiceSource } from './source.ts';
import type { ExpiryStep } from './words.ts';

/** The subset of EventBridge's event patterns that Sluice's rules use. */
export interface RulePattern {
  readonly source?: readonly (
    | string
    | { readonly 'anything-but': readonly string[] | { readonly wildcard: readonly string[] } }
  )[];
  readonly 'detail-type'?: readonly (string | { readonly 'anything-but': readonly string[] })[];
  readonly detail?: { readonly data: Readonly<Record<string, unknown>> };
}

const listTypes = (contracts: readonly Contract[]) => contracts.map((contract) => contract.detailType);

/**
 * Matches the events that `score-leads` takes in: everything that comes neither from Sluice itself nor from AWS,
 * whatever its type. A type that no contract has, such as a misspelled one, is quarantined there; a rule that named the
 * types would leave such an event on the bus, acknowledged and stored nowhere. No producer can use a source that begins
 * with `aws.`; such events are on the bus if an account forwards the events of its services, and aren't about leads.
 * The alternatives of a list are joined by or, so that one `anything-but` has to name both. Messages between functions
 * are never on the bus, whose policy refuses them to everybody; the rule doesn't take them in either.
 */
export const inboundPattern: RulePattern = {
  source: [{ 'anything-but': { wildcard: [sluiceSource, 'aws.*'] } }],
  'detail-type': [{ 'anything-but': Object.keys(internalContracts) }],
};

/**
 * Matches the events that `start-nurture` and `hand-off` take in: every change of the action, except those of the
 * canary's leads.
 */
export const actionPattern: RulePattern = {
  source: [sluiceSource],
  'detail-type': listTypes(actionContracts),
  detail: { data: { actionChanged: [true], leadId: [{ 'anything-but': { prefix: canaryPrefix } }] } },
};

/**
 * Matches the events that `count-funnel` takes in: every change of a lead's standing, except those of the canary's leads.
 * A change of stage or tier is announced as such, but one that history has caused may be announced by the disqualification
 * that came with it alone, with the same standing.
 */
export const funnelPattern: RulePattern = {
  source: [sluiceSource],
  'detail-type': listTypes(actionContracts),
  detail: { data: { leadId: [{ 'anything-but': { prefix: canaryPrefix } }] } },
};

/** Matches the events that `time-canary` takes in: the announcement of each change of stage of a canary's lead. */
export const canaryPattern: RulePattern = {
  source: [sluiceSource],
  'detail-type': listTypes([LeadStageTransitioned]),
  detail: { data: { leadId: [{ prefix: canaryPrefix }] } },
};

/** Matches the events that wake `rescore-leads`. */
export const activationPattern: RulePattern = {
  source: [sluiceSource],
  'detail-type': listTypes([ScoringModelActivated]),
};

/** Matches the events that `erase-lead` takes in. */
export const erasurePattern: RulePattern = {
  source: [sluiceSource],
  'detail-type': listTypes([LeadErased]),
};

const { HandoffAccepted, HandoffRejected } = inboundContracts;

/** Matches the verdicts of sales, which `hand-off` takes in as well. */
export const handoffVerdictPattern: RulePattern = {
  source: [{ 'anything-but': [sluiceSource] }],
  'detail-type': listTypes([HandoffAccepted, HandoffRejected]),
};

/** Matches the moves of deadlines, which `hand-off` takes in as well, except those of the canary's leads. */
export const deadlineMovedPattern: RulePattern = {
  source: [sluiceSource],
  'detail-type': listTypes([HandoffDeadlineMoved]),
  detail: { data: { leadId: [{ 'anything-but': { prefix: canaryPrefix } }] } },
};

const recycled: ExpiryStep = 'recycle';

/** Matches the expiries after which a lead is recycled: `score-leads` takes them in beside what producers say. */
export const recyclingPattern: RulePattern = {
  source: [sluiceSource],
  'detail-type': listTypes([HandoffExpired]),
  detail: { data: { followedBy: [recycled] } },
};

/**
 * Matches the events that `plan-deliveries` takes in: every announcement of a lead, except of the canary's leads. A
 * pattern for all types needs no change when a subscription wants another one.
 */
export const deliveriesPattern: RulePattern = {
  source: [sluiceSource],
  'detail-type': deliverableTypes,
  detail: { data: { leadId: [{ 'anything-but': { prefix: canaryPrefix } }] } },
};
