import {
  type AttemptResult,
  followResults,
  type Lease,
  type ReadyDelivery,
  type Subscription,
  type SubscriptionState,
  type Target,
  type WaitingDelivery,
} from '../../shared/deliveries/index.ts';
import { count, errorFields, logger } from '../../shared/lambda/index.ts';
import type { SendDeps } from './deps.ts';
import { endForgotten, type LeadQueue, postponeBehind, takeHead } from './lead-queue.ts';
import { recordResult } from './record-results.ts';

/** A delivery that is about to be sent, with the queue that it is the first of. */
interface Head {
  readonly queue: LeadQueue;
  readonly delivery: WaitingDelivery;
}

/** The longest that storing the results of a round may take, in milliseconds. */
const storingMs = 15_000;

const isHeld = ({ paused, openUntil }: SubscriptionState, now: number): boolean =>
  paused !== undefined || (openUntil !== undefined && Date.parse(openUntil) > now);

/** A run: one worker sends what is due to one target. */
interface Run {
  readonly deps: SendDeps;
  readonly subscription: Subscription;
  readonly target: Target;
  readonly endsAt: number;
  left: number;
  lease: Lease;
  standing: SubscriptionState;
  /** True once another worker may have the subscription. */
  isLost: boolean;
  /** The instant at which the last round began, also one of the worker before, in milliseconds since 1970. */
  lastRound: number;
}

/** Returns the instant of the last attempt that is stored, in milliseconds since 1970; 0 if there is none. */
const findLastRound = ({ lastDeliveredAt, lastFailure }: SubscriptionState): number =>
  Math.max(0, ...[lastDeliveredAt, lastFailure?.at].map((at) => (at === undefined ? 0 : Date.parse(at))));

const isSpent = ({ deps, left, endsAt }: Run): boolean => left <= 0 || deps.now() >= endsAt;

const leaseMs = ({ bounds }: SendDeps): number => bounds.attemptMs + 2 * storingMs;

/** Returns whether an attempt that begins now could be under way when another worker takes over. */
const isLate = ({ deps, lease }: Run): boolean =>
  lease.until - deps.now() < deps.bounds.attemptMs + storingMs;

const mayGoOn = (run: Run): boolean =>
  !run.isLost && !isSpent(run) && !isLate(run) && !isHeld(run.standing, run.deps.now());

const takeHeads = async (run: Run, queues: LeadQueue[], most: number): Promise<Head[]> => {
  const heads: Head[] = [];
  const props = { deliveries: run.deps.deliveries, subscription: run.subscription.name, now: run.deps.now };
  while (heads.length < most && queues.length > 0) {
    const taken = queues.splice(0, most - heads.length);
    const found = await Promise.all(
      taken.map(async (queue) => ({ queue, delivery: await takeHead(props, queue) })),
    );
    heads.push(...found.filter((head): head is Head => head.delivery !== undefined));
  }
  return heads;
};

const prepare = async (
  { deps, subscription, target }: Run,
  heads: readonly Head[],
): Promise<ReadyDelivery[]> => {
  const names = [...new Set([...subscription.attributes, ...(target.needs ?? [])])];
  const known = await deps.readAttributes(
    heads.map(({ queue }) => queue.leadId),
    names,
  );
  return heads.map(({ delivery }) => {
    const { eventId, type, occurredAt, leadId, version, ordinal, data } = delivery;
    const attributes = known.get(leadId);
    const isKnown = attributes !== undefined && Object.keys(attributes).length > 0;
    return { eventId, type, occurredAt, leadId, version, ordinal, data, ...(isKnown && { attributes }) };
  });
};

/** Returns the result of each delivery. A target that throws has delivered nothing, as far as is known. */
const attempt = async (run: Run, heads: readonly Head[]): Promise<AttemptResult[]> => {
  const ready = await prepare(run, heads);
  try {
    const results = await run.target.deliver(ready);
    return ready.map((_, i) => results[i] ?? { kind: 'retry', reason: 'the target gave no result' });
  } catch (error) {
    logger.error('a target threw', { subscription: run.subscription.name, ...errorFields(error) });
    const reason = `the target could not be asked (${(error as Error).name})`;
    return ready.map(() => ({ kind: 'retry', reason }));
  }
};

/** Waits until a target that takes only so many calls a second takes another one. */
const keepPace = async (run: Run): Promise<void> => {
  const { deps, target } = run;
  if (target.perSecond !== undefined) {
    const pause = 1_000 / target.perSecond;
    const early = run.lastRound + pause - deps.now();
    // The clock of the worker before may have been ahead.
    if (early > 0) await deps.wait(Math.min(early, pause));
  }
  run.lastRound = deps.now();
};

const saveStanding = async (run: Run, standing: SubscriptionState): Promise<void> => {
  const { deps } = run;
  run.lease = { ...run.lease, until: deps.now() + leaseMs(deps) };
  const saved = await deps.deliveries.saveState(run.lease, standing);
  if (standing.paused !== undefined) count('DeliveriesPaused', 1);
  if (saved === undefined) run.isLost = true;
  else run.standing = saved;
};

/** Sends one delivery of each of several leads. Returns the queues of which the next one can be sent. */
const sendRound = async (run: Run, heads: readonly Head[]): Promise<LeadQueue[]> => {
  const { deps, subscription } = run;
  await keepPace(run);
  // Reading may have taken long, if much of it was superseded.
  if (isLate(run)) await saveStanding(run, run.standing);
  if (run.isLost) return [];
  const began = deps.now();
  const results = await attempt(run, heads);
  const ended = deps.now();
  const isProbe = run.standing.openings > 0;
  const standing = followResults(
    run.standing,
    heads.map(({ queue }, i) => ({ leadId: queue.leadId, result: results[i] as AttemptResult })),
    {
      pauseAfter: subscription.pauseAfter,
      now: ended,
      inOneRequest: run.target.inOneRequest === true,
    },
  );
  const heldUntil = standing.openUntil === undefined ? 0 : Date.parse(standing.openUntil);
  const free = await Promise.all(
    heads.map(async ({ queue, delivery }, i) => {
      const result = results[i] as AttemptResult;
      const isAsked = result.kind === 'retry' && result.retryAfterMs !== undefined;
      const counts = !isProbe && !isAsked && result.kind !== 'gone';
      const next = await recordResult(deps.deliveries, { delivery, result, began, ended, counts, heldUntil });
      const behind = queue.waiting?.slice(1) ?? [];
      queue.waiting = behind;
      if (next === undefined) return [queue];
      await postponeBehind(deps, next, behind);
      return [];
    }),
  );
  run.left -= heads.length;
  await saveStanding(run, standing);
  return free.flat();
};

/** Sends what is due of some leads. Returns whether it could go on. */
const sendLeads = async (run: Run, leadIds: readonly string[]): Promise<boolean> => {
  const queues: LeadQueue[] = leadIds.map((leadId) => ({ leadId, waiting: undefined }));
  while (queues.length > 0) {
    if (!mayGoOn(run)) return false;
    const most = run.standing.openings > 0 ? 1 : run.target.most;
    const heads = await takeHeads(run, queues, most);
    if (heads.length === 0) return true;
    queues.push(...(await sendRound(run, heads)));
  }
  return true;
};

/** Sends what is due, the oldest first. Returns whether there may be more that could be sent now. */
const sendDue = async (run: Run): Promise<boolean> => {
  const { deps, subscription } = run;
  const seen = new Set<string>();
  const until = new Date(deps.now()).toISOString();
  for await (const refs of deps.deliveries.listRefs(subscription.name, { state: 'waiting', until })) {
    const leads = [...new Set(refs.map(({ leadId }) => leadId))].filter((leadId) => !seen.has(leadId));
    for (const leadId of leads) seen.add(leadId);
    if (!(await sendLeads(run, leads))) return !isHeld(run.standing, deps.now());
  }
  return false;
};

/** Returns the subscription to others, and sends what has come meanwhile. Returns whether there is more to do. */
const runToEnd = async (run: Run): Promise<boolean> => {
  for (;;) {
    const hasMore = await sendDue(run);
    if (run.isLost) return false;
    const isReleased = await run.deps.deliveries.release(run.lease);
    if (isReleased) return hasMore;
    if (!mayGoOn(run)) {
      await run.deps.deliveries.release(run.lease);
      return !isHeld(run.standing, run.deps.now());
    }
  }
};

/**
 * Sends what is due to the target of a subscription, unless another worker does.
 *
 * @param endsAt the instant from which nothing more is taken up, in milliseconds since 1970
 * @returns whether there is more to send than the bounds of a run allow
 */
export const sendSubscription = async (
  deps: SendDeps,
  subscription: Subscription,
  endsAt: number,
): Promise<boolean> => {
  const { name } = subscription;
  const { deliveries, bounds, now } = deps;
  const before = await deliveries.readState(name);
  if (before.paused !== undefined) await endForgotten(deliveries, name, now());
  if (isHeld(before, now())) return false;
  const began = now();
  const lease = { subscription: name, owner: deps.newOwner(), until: began + leaseMs(deps) };
  const standing = await deliveries.takeLease(lease, began);
  if (standing === undefined) return false;
  const run: Run = {
    deps,
    subscription,
    target: deps.createTarget(subscription),
    endsAt,
    left: bounds.deliveries,
    lease,
    standing,
    isLost: false,
    lastRound: findLastRound(standing),
  };
  try {
    return await runToEnd(run);
  } catch (error) {
    // Else nobody could go on before the lease has ended.
    await deliveries.release(run.lease).catch(() => undefined);
    throw error;
  }
};
