import type { OutboundType } from './catalogue.ts';

/** The announcements that aren't about one lead, and so have no position in a lead's history. */
type AboutNoLead = 'EventQuarantined' | 'ScoringModelActivated' | 'ScoringModelDrifted' | 'DeliveriesPaused';

/** An announcement about a lead, which a subscription can be delivered. */
export type DeliverableType = Exclude<OutboundType, AboutNoLead>;

// They are not taken from the contracts: a function that only stores deliveries doesn't load the schemas.
const deliverable = {
  LeadTierChanged: true,
  LeadStageTransitioned: true,
  LeadDisqualified: true,
  LeadRequalified: true,
  LeadRedirected: true,
  LeadErased: true,
  LeadScored: true,
  NurtureStarted: true,
  NurtureStopped: true,
  HandoffRequested: true,
  HandoffExpired: true,
  HandoffDeadlineMoved: true,
} satisfies Record<DeliverableType, true>;

/** Whether announcements of a type can be delivered. */
export const isDeliverable = (type: string): type is DeliverableType => Object.hasOwn(deliverable, type);

/** The types of the announcements that can be delivered. */
export const deliverableTypes: readonly DeliverableType[] = Object.keys(deliverable).filter(isDeliverable);
