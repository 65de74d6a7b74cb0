import {
  type CreateTarget,
  createHubspotTarget,
  createSlackTarget,
  createWebhookTarget,
} from '../../shared/deliveries/index.ts';

/** Creates the target of a subscription. */
export const createTarget: CreateTarget = (subscription, deps) => {
  const { kind } = subscription.target;
  switch (kind) {
    case 'webhook':
      return createWebhookTarget(subscription, deps);
    case 'slack':
      return createSlackTarget(subscription, deps);
    case 'hubspot':
      return createHubspotTarget(subscription, deps);
    default:
      return kind satisfies never;
  }
};
