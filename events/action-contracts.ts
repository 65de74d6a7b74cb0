import type { EventOf } from './envelope.ts';
import { LeadDisqualified } from './outbound/lead-disqualified.ts';
import { LeadErased } from './outbound/lead-erased.ts';
import { LeadRedirected } from './outbound/lead-redirected.ts';
import { LeadRequalified } from './outbound/lead-requalified.ts';
import { LeadStageTransitioned } from './outbound/lead-stage-transitioned.ts';
import { LeadTierChanged } from './outbound/lead-tier-changed.ts';

// Not imported from the catalogue, which would make the functions that follow announcements load every contract.

/** The announcements after which the policy may ask for another action. */
export const actionContracts = [
  LeadTierChanged,
  LeadStageTransitioned,
  LeadDisqualified,
  LeadRequalified,
  LeadRedirected,
  LeadErased,
] as const;

/** An announcement after which the policy may ask for another action. */
export type ActionEvent = EventOf<(typeof actionContracts)[number]>;
