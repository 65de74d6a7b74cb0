import { apiLimits } from '../../events/api/index.ts';
import type { SubscriptionState } from '../../shared/deliveries/index.ts';
import type { HealthDeps } from './deps.ts';
import type { HealthDocuments } from './health-documents.ts';

type DeployedSubscription = NonNullable<HealthDocuments['subscriptions']>[number];

const describeState = ({ paused, openUntil, failures, openings }: SubscriptionState, now: number) => {
  if (paused !== undefined) return 'paused';
  if (openUntil !== undefined && Date.parse(openUntil) > now) return 'held';
  return failures > 0 || openings > 0 ? 'failing' : 'sending';
};

/** Reads how a subscription stands. */
export const readStanding = async (
  { deliveries }: Pick<HealthDeps, 'deliveries'>,
  { name, kind }: DeployedSubscription,
  now: number,
) => {
  const [standing, waiting, failed] = await Promise.all([
    deliveries.readState(name),
    deliveries.count(name, 'waiting', apiLimits.healthItems),
    deliveries.count(name, 'failed', apiLimits.healthItems),
  ]);
  const state = describeState(standing, now);
  return {
    subscription: name,
    kind,
    state,
    waiting: waiting.count,
    more: waiting.more,
    failed: failed.count,
    moreFailed: failed.more,
    lastDeliveredAt: standing.lastDeliveredAt ?? null,
    lastFailure: standing.lastFailure ?? null,
    failures: standing.failures,
    heldUntil: state === 'held' ? (standing.openUntil ?? null) : null,
    pausedBecause: standing.paused?.reason ?? null,
    pausedAt: standing.paused?.at ?? null,
  };
};

/** Reads how all subscriptions stand; none if the deployment delivers nothing. */
export const readDeliveriesHealth = async (deps: HealthDeps, now: number) =>
  deps.documents.subscriptions === undefined
    ? []
    : Promise.all(deps.documents.subscriptions.map((each) => readStanding(deps, each, now)));
