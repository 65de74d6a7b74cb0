import { hourMs } from '../../events/index.ts';
import type { SubscriptionState } from './delivery.ts';
import { computePause, failuresToOpen } from './schedule.ts';
import type { Subscription } from './subscription.ts';
import type { AttemptResult } from './target.ts';

/** The result of an attempt to deliver something of a lead. */
export interface LeadResult {
  readonly leadId: string;
  readonly result: AttemptResult;
}

export interface CircuitProps {
  readonly pauseAfter: Subscription['pauseAfter'];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether all attempts were one request, whose failure counts once. */
  readonly inOneRequest?: boolean;
}

const formatInstant = (at: number): string => new Date(at).toISOString();

const closed = (state: SubscriptionState, at: string): SubscriptionState => {
  const { failingSince: _since, failingLead: _lead, openUntil: _until, ...rest } = state;
  return { ...rest, failures: 0, openings: 0, lastDeliveredAt: at };
};

/** Counts a failure. The lead of the failures is dropped once they are of several. */
const failed = (state: SubscriptionState, leadId: string, at: string, reason: string): SubscriptionState => {
  const { failingLead, ...rest } = state;
  const isSame = state.failures === 0 || failingLead === leadId;
  return {
    ...rest,
    failures: state.failures + 1,
    failingSince: state.failingSince ?? at,
    ...(isSame && { failingLead: leadId }),
    lastFailure: { at, reason },
  };
};

const follow = (state: SubscriptionState, { leadId, result }: LeadResult, now: number): SubscriptionState => {
  const at = formatInstant(now);
  switch (result.kind) {
    case 'delivered':
      return closed(state, at);
    case 'retry':
      return failed(state, leadId, at, result.reason);
    case 'gone':
      return failed(state, leadId, at, 'the target says that it is gone for good');
    // The target has answered, so it works; or it was not asked.
    case 'failed':
    case 'skipped':
      return state;
    default:
      return result satisfies never;
  }
};

const latest = (...instants: readonly (string | undefined)[]): string | undefined =>
  instants
    .filter((at) => at !== undefined)
    .sort()
    .at(-1);

/**
 * Opens the circuit if too many attempts in a row have failed, of several leads: the attempts of one lead alone may be
 * about its content, and have pauses of their own. A circuit that was open opens again after any failure.
 */
const openIfFailing = (
  state: SubscriptionState,
  results: readonly LeadResult[],
  now: number,
): SubscriptionState => {
  const { failures, failingLead } = state;
  const isOpening =
    results.some(({ result }) => result.kind === 'retry') &&
    failures > 0 &&
    (state.openings > 0 || (failures >= failuresToOpen && failingLead === undefined));
  if (!isOpening) return state;
  const openings = state.openings + 1;
  return { ...state, openings, openUntil: formatInstant(now + computePause(openings)) };
};

/** Holds all deliveries for as long as the target asks for. */
const holdIfAsked = (
  state: SubscriptionState,
  results: readonly LeadResult[],
  now: number,
): SubscriptionState => {
  const asked = results.flatMap(({ result }) =>
    result.kind === 'retry' && result.retryAfterMs !== undefined ? [result.retryAfterMs] : [],
  );
  const openUntil = latest(
    state.openUntil,
    asked.length === 0 ? undefined : formatInstant(now + Math.max(...asked)),
  );
  return openUntil === undefined ? state : { ...state, openUntil };
};

const pauseIfFailing = (
  state: SubscriptionState,
  results: readonly LeadResult[],
  { pauseAfter, now }: CircuitProps,
): SubscriptionState => {
  const at = formatInstant(now);
  if (results.some(({ result }) => result.kind === 'gone'))
    return { ...state, paused: { reason: 'gone', at } };
  const { failures, failingSince = at } = state;
  const isFailing =
    failures > 0 &&
    (failures >= pauseAfter.failures || now - Date.parse(failingSince) >= pauseAfter.hours * hourMs);
  return isFailing ? { ...state, paused: { reason: 'failing', at } } : state;
};

/** Returns how a subscription stands after attempts that were made side by side. */
export const followResults = (
  before: SubscriptionState,
  results: readonly LeadResult[],
  props: CircuitProps,
): SubscriptionState => {
  const each = results.reduce((state, result) => follow(state, result, props.now), before);
  const counted = props.inOneRequest
    ? { ...each, failures: Math.min(each.failures, before.failures + 1) }
    : each;
  const opened = openIfFailing(counted, results, props.now);
  return pauseIfFailing(holdIfAsked(opened, results, props.now), results, props);
};
