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

/** What `score-leads` takes in: every inbound type, from anyone but ourselves. */
export const inboundPattern: RulePattern = {
  source: [{ 'anything-but': [sluiceSource] }],
  'detail-type': typesOf(Object.values(inboundContracts)),
};

/** What `start-nurture` and `hand-off` take in: every change of what the policy asks for, of leads that are somebody. */
export const actionPattern: RulePattern = {
  source: [sluiceSource],
  'detail-type': typesOf(actionContracts),
  detail: { data: { actionChanged: [true], leadId: [{ 'anything-but': { prefix: canaryPrefix } }] } },
};

/** What `time-canary` takes in: what each statement of the canary's comes to. */
export const canaryPattern: RulePattern = {
  source: [sluiceSource],
  'detail-type': typesOf([LeadStageTransitioned]),
  detail: { data: { leadId: [{ prefix: canaryPrefix }] } },
};

/** What `erase-lead` takes in. */
export const erasurePattern: RulePattern = {
  source: [sluiceSource],
  'detail-type': typesOf([LeadErased]),
};

const { HandoffAccepted, HandoffRejected } = inboundContracts;

/** What `hand-off` takes in from sales as well: the verdicts. */
export const handoffVerdictPattern: RulePattern = {
  source: [{ 'anything-but': [sluiceSource] }],
  'detail-type': typesOf([HandoffAccepted, HandoffRejected]),
};
