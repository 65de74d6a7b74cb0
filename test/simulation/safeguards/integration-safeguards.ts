import type { Plan } from '../load/plan.ts';
import type { Sabotage } from '../world/sabotage.ts';
import { answering, reportNoFailure, type Safeguard } from './safeguards.ts';
import { type OneWrite, sortKeyOf, withoutConditions } from './tamper.ts';

/** Returns a plan in which one tool knows few people, whose payloads come at the same time. */
const fullOfWebhooks = (drawn: Plan): Plan => ({
  ...drawn,
  payloads: 14,
  people: 2,
  forgetting: 0,
  spanMs: 0,
  order: 'any',
  rates: { ...drawn.rates, throttled: 0.2, refusedEntry: 0.2 },
});

/** Returns a plan with few leads whose many changes are delivered to targets that often fail. */
const fullOfDeliveries = (drawn: Plan): Plan => ({
  ...drawn,
  delivering: true,
  leads: 2,
  events: 30,
  moving: 0.9,
  isChronological: true,
  merges: 0,
  erasures: 0,
  following: { batchSize: 2, concurrency: 5 },
  order: 'any',
  rates: { ...drawn.rates, refusedDelivery: 0.4, crash: 0.1, duplicate: 0.3 },
});

const isOfIdentities = ({ TableName }: OneWrite): boolean => TableName === 'identities';
const isOfDeliveries = ({ TableName }: OneWrite): boolean => TableName === 'deliveries';

/** Answers every webhook with success, whatever became of it. */
const alwaysSuccess = (): Sabotage => ({
  answer: (name, answer) =>
    name === 'receive-webhooks' ? { ...(answer as object), statusCode: 200 } : answer,
});

/** The safeguards of webhooks, identity and deliveries. */
export const integrationSafeguards: readonly Safeguard[] = [
  {
    name: 'an identifier is linked to one lead for good',
    worlds: fullOfWebhooks,
    sabotage: () => withoutConditions(isOfIdentities),
    caughtBy: ['I17'],
  },
  {
    name: 'a webhook is answered with success only once the bus has its events',
    worlds: fullOfWebhooks,
    sabotage: alwaysSuccess,
    caughtBy: ['I17'],
  },
  {
    name: 'a delivery is sent only if no later one was sent',
    worlds: fullOfDeliveries,
    sabotage: () =>
      withoutConditions((write) => isOfDeliveries(write) && sortKeyOf(write).startsWith('LAST#')),
    caughtBy: ['I18'],
  },
  {
    name: 'one worker at a time sends to a target',
    worlds: fullOfDeliveries,
    sabotage: () => withoutConditions((write) => isOfDeliveries(write) && sortKeyOf(write) === 'STATE'),
    caughtBy: ['I18'],
  },
  {
    name: 'plan-deliveries says which messages failed',
    worlds: fullOfDeliveries,
    sabotage: answering('plan-deliveries', reportNoFailure),
    caughtBy: ['I18'],
  },
];
