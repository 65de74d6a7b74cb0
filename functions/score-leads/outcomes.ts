import type { Rejection } from '../../events/index.ts';
import { entrySortKey } from '../../shared/keys/index.ts';
import type { Change } from '../../shared/lead/index.ts';
import { contentOf, sameContent } from '../../shared/ledger/index.ts';
import type { Delivery } from './deliveries.ts';

/** What became of a delivery. */
export type Outcome =
  | { readonly kind: 'recorded'; readonly changes: readonly Change[] }
  /** The ledger had the event already. */
  | { readonly kind: 'duplicate' }
  /** The event came for an erased lead, and is recorded without its content. */
  | { readonly kind: 'redacted' }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  /** The message must come again. */
  | { readonly kind: 'failed'; readonly error: unknown };

/** Outcomes by delivery, in the order in which the deliveries were settled. */
export type Outcomes = ReadonlyMap<Delivery, Outcome>;

type Settled<Kind extends Outcome['kind']> = [Delivery, Extract<Outcome, { readonly kind: Kind }>];

/** Returns the deliveries that came to one kind of outcome, each with its outcome. */
export const withOutcome = <Kind extends Outcome['kind']>(outcomes: Outcomes, kind: Kind): Settled<Kind>[] =>
  [...outcomes].filter((settled): settled is Settled<Kind> => settled[1].kind === kind);

/** Deliveries that repeat another one of their batch, each with the first that says the same. */
export type Copies = ReadonlyMap<Delivery, Delivery>;

/** Finds copies. An event with the identity of another but other content is none: the ledger decides which one counts. */
export const findCopies = (deliveries: readonly Delivery[]): Copies => {
  const firsts = new Map<string, Delivery>();
  const copies = new Map<Delivery, Delivery>();
  for (const delivery of deliveries) {
    const key = entrySortKey(delivery.event);
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, delivery);
    else if (sameContent(contentOf(first.event), contentOf(delivery.event))) copies.set(delivery, first);
  }
  return copies;
};

/**
 * Adds the outcomes of copies: a copy fails or is rejected together with the first. If it always were a duplicate, two
 * workers that have the same two messages in opposite order could acknowledge one each, with neither of them recorded.
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
