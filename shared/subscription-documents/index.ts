export {
  InvalidSubscriptionsError,
  readSubscriptions,
} from './find-subscriptions.ts';
export { parseSubscription } from './parse-subscription.ts';
