import type { OutboundType } from '../../../events/index.ts';
import type { Subscription } from '../../../shared/deliveries/index.ts';

/** The secret by which deliveries are signed. */
export const targetSecret = 'whsec_c2VjcmV0LW9mLWEtc2ltdWxhdGVkLXRhcmdldA==';

const everything: readonly OutboundType[] = [
  'LeadTierChanged',
  'LeadStageTransitioned',
  'LeadDisqualified',
  'LeadRequalified',
  'LeadRedirected',
  'LeadErased',
  'LeadScored',
  'NurtureStarted',
  'NurtureStopped',
  'HandoffRequested',
  'HandoffExpired',
];

const subscription = (name: string, events: readonly OutboundType[]): Subscription => ({
  name,
  owner: 'the simulation',
  events,
  attributes: [],
  target: { kind: 'webhook', url: `https://${name}.example.com/hook` },
  secret: name,
  pauseAfter: { failures: 60, hours: 24 },
});

/** The subscriptions of every world in which announcements are delivered: one to all, and one to hand-offs alone. */
export const subscriptionsOfWorld: readonly Subscription[] = [
  subscription('all', everything),
  subscription('sales', ['HandoffRequested', 'LeadErased']),
];
