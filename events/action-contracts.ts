import type { EventOf } from './envelope.ts';
import { LeadDisqualified } from './outbound/lead-disqualified.ts';
import { LeadErased } from './outbound/lead-erased.ts';
import { LeadRedirected } from './outbound/lead-redirected.ts';
import { LeadRequalified } from './outbound/lead-requalified.ts';
import { LeadStageTransitioned } from './outbound/lead-stage-transitioned.ts';
import { LeadTierChanged } from './outbound/lead-tier-changed.ts';

// Not by way of the catalogue: the functions that follow announcements would load every contract there is.

/** Announcements after which the policy may ask for something else than before. */
export const actionContracts = [
  LeadTierChanged,
  LeadStageTransitioned,
  LeadDisqualified,
  LeadRequalified,
  LeadRedirected,
  LeadErased,
] as const;

/** An announcement after which the policy may ask for something else. */
export type ActionEvent = EventOf<(typeof actionContracts)[number]>;
