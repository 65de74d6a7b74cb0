export { followResults } from './circuit.ts';
export {
  type Attempt,
  type Delivery,
  type DeliveryState,
  deliveryStates,
  type SubscriptionState,
  type WaitingDelivery,
} from './delivery.ts';
export { keepEndedMs, type PlannedDelivery } from './delivery-items.ts';
export { readDeployedSubscriptions } from './deployed-subscriptions.ts';
export { createDynamoDbDeliveries } from './dynamodb-deliveries.ts';
export { createHttpSender } from './http-client.ts';
export type { HttpAnswer, HttpRequest, HttpSender } from './http-sender.ts';
export { createHubspotTarget } from './hubspot/hubspot-target.ts';
export { eventCause, selectFields, wantsAnnouncement } from './match.ts';
export { isAboutLead } from './news/lead-news.ts';
export {
  createDeliveriesOverview,
  type DeliveriesOverview,
  type DeliveriesPosition,
  type DeliveryOutline,
} from './overview.ts';
export { createPoke, type Poke, parsePoke } from './poke.ts';
export { schedule } from './schedule.ts';
export { signMessage } from './sign.ts';
export { createSlackTarget } from './slack/slack-target.ts';
export { isWebhookUrl } from './slack/webhook-url.ts';
export type { Deliveries, Lease } from './store.ts';
export { compareDeliveries, findStrand } from './strand.ts';
export type { Subscription, SubscriptionFilter } from './subscription.ts';
export type {
  AttemptResult,
  CreateTarget,
  ReadyDelivery,
  Target,
  TargetDeps,
  TargetMemory,
} from './target.ts';
export { createTargetMemory } from './target-memory.ts';
export {
  type HubspotField,
  type HubspotOptions,
  hubspotFields,
  type SlackOptions,
  type TargetOptions,
} from './target-options.ts';
export { findUrlProblem } from './target-url.ts';
export { buildWebhookBody } from './webhook-body.ts';
export { createWebhookTarget } from './webhook-target.ts';
