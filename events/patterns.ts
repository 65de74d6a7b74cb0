import { actionContracts } from './action-contracts.ts';
import { canaryPrefix } from './canary.ts';
import { inboundContracts } from './catalogue.ts';
import type { Contract } from './envelope.ts';
import { LeadErased } from './outbound/lead-erased.ts';
import { LeadStageTransitioned } from './outbound/lead-stage-transitioned.ts';
import { sluiceSource } from './source.ts';

/** The subset of EventBridge's event pattern that our rules use. */
export interface RulePattern {
  readonly source?: readonly (string | { readonly 'anything-but': readonly string[] })[];
  readonly 'detail-type': readonly string[];
  readonly detail?: { readonly data: Readonly<Record<string, unknown>> };
}

const typesOf = (contracts: readonly Contract[]) => contracts.map((contract) => contract.detailType);

/** Matches what `score-leads` takes in: every inbound type, from anyone but ourselves. */
export const inboundPattern: RulePattern = {
  source: [{ 'anything-but': [sluiceSource] }],
  'detail-type': typesOf(Object.values(inboundContracts)),
};

/** Matches what `start-nurture` and `hand-off` take in: every change of the action, except for the canary's leads. */
export const actionPattern: RulePattern = {
  source: [sluiceSource],
  'detail-type': typesOf(actionContracts),
  detail: { data: { actionChanged: [true], leadId: [{ 'anything-but': { prefix: canaryPrefix } }] } },
};

/** Matches what `time-canary` takes in: the announcement of each change of stage of the canary's lead. */
export const canaryPattern: RulePattern = {
  source: [sluiceSource],
  'detail-type': typesOf([LeadStageTransitioned]),
  detail: { data: { leadId: [{ prefix: canaryPrefix }] } },
};

/** Matches what `erase-lead` takes in. */
export const erasurePattern: RulePattern = {
  source: [sluiceSource],
  'detail-type': typesOf([LeadErased]),
};

const { HandoffAccepted, HandoffRejected } = inboundContracts;

/** Matches what `hand-off` takes in from sales as well: the verdicts. */
export const handoffVerdictPattern: RulePattern = {
  source: [{ 'anything-but': [sluiceSource] }],
  'detail-type': typesOf([HandoffAccepted, HandoffRejected]),
};
