import type { Rejection } from '../../events/index.ts';
import { entrySortKey } from '../../shared/keys/index.ts';
import { buildContent, sameContent } from '../../shared/ledger/index.ts';
import type { Delivery } from './deliveries.ts';

/** The outcome of a delivery. */
export type Outcome =
  | { readonly kind: 'recorded' }
  /** The ledger already had the event. */
  | { readonly kind: 'duplicate' }
  /** Time was to be advanced, and nothing was due. */
  | { readonly kind: 'idle' }
  /** The lead was erased, and the event is recorded without its content. */
  | { readonly kind: 'redacted' }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  /** The message has to be retried. */
  | { readonly kind: 'failed' };

/** Outcomes by delivery, in the order in which the deliveries were settled. */
export type Outcomes = ReadonlyMap<Delivery, Outcome>;

type Settled<Kind extends Outcome['kind']> = [Delivery, Extract<Outcome, { readonly kind: Kind }>];

/** Returns the deliveries with one kind of outcome, each with its outcome. */
export const withOutcome = <Kind extends Outcome['kind']>(outcomes: Outcomes, kind: Kind): Settled<Kind>[] =>
  [...outcomes].filter((settled): settled is Settled<Kind> => settled[1].kind === kind);

/** The deliveries that repeat another one of their batch, each with the first that has the same content. */
export type Copies = ReadonlyMap<Delivery, Delivery>;

/**
 * Finds the copies in a batch. An event with the identity of another but other content is no copy: the ledger decides
 * which of the two counts.
 */
export const findCopies = (deliveries: readonly Delivery[]): Copies => {
  const firsts = new Map<string, Delivery>();
  const copies = new Map<Delivery, Delivery>();
  for (const delivery of deliveries) {
    const key = entrySortKey(delivery.event);
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, delivery);
    else if (sameContent(buildContent(first.event), buildContent(delivery.event)))
      copies.set(delivery, first);
  }
  return copies;
};

/**
 * Adds the outcomes of copies: a copy fails or is rejected together with the first. If a copy were always a duplicate,
 * two workers that have the same two messages in opposite order could acknowledge one each, with neither recorded.
 */
export const settleCopies = (outcomes: Outcomes, copies: Copies): Outcomes => {
  const settled = new Map(outcomes);
  for (const [copy, first] of copies) {
    const outcome = outcomes.get(first);
    const isShared = outcome?.kind === 'failed' || outcome?.kind === 'rejected';
    settled.set(copy, isShared ? outcome : { kind: 'duplicate' });
  }
  return settled;
};
