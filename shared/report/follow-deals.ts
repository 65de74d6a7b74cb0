import type { Outcome, Tier } from '../../events/index.ts';
import { computeSituation, type Facts } from '../scoring/index.ts';
import type { Basis } from './basis.ts';
import {
  type EffortCounts,
  type FollowUp,
  followUps,
  type Ground,
  type Observation,
  remarkOn,
} from './observations.ts';

interface Customer {
  readonly tier: Tier;
  readonly outcomes: readonly FollowUp[];
  readonly rescue: EffortCounts;
}

/** A lead's deals so far. */
export interface Deals {
  /**
   * The last outcome that counted, until the lead moves to another stage; until then, the same outcome is a repeat if it
   * names no deal.
   */
  readonly ended: 'won' | 'lost' | undefined;
  /** The last win, with the outcomes since then. */
  readonly customer: Customer | undefined;
}

/** The end of a deal, which has an id if it was named. */
interface Ended {
  readonly outcome: 'won' | 'lost';
  readonly dealId: string | undefined;
}

export const noDeals: Deals = { ended: undefined, customer: undefined };

export interface DealsStep {
  readonly deals: Deals;
  readonly observed: readonly Observation[];
}

/** The facts and the tier of a lead just before an event. */
export interface Before {
  readonly facts: Facts;
  readonly tier: Tier;
}

const findGround = ({ model }: Basis, facts: Facts, at: number): Ground => {
  const { demoReady, bantMet } = computeSituation(model, facts, at);
  return demoReady === true ? 'slide' : bantMet === true ? 'bant' : 'neither';
};

/** Returns the observation of the last win, if there is one, with all that came after it. */
export const closeCustomer = ({ customer }: Deals): Observation[] =>
  customer === undefined ? [] : [{ kind: 'customer', ...customer }];

/**
 * Returns whether the deal had ended with this outcome before. One that is named is known by its id; one that isn't is
 * taken for the same until the lead moves on.
 */
const isRepeated = ({ ended }: Deals, { outcome, dealId }: Ended, { deals = {} }: Facts): boolean => {
  if (dealId === undefined) return ended === outcome;
  return Object.hasOwn(deals, dealId) && deals[dealId]?.[0] === outcome;
};

const endDeal = (
  basis: Basis,
  deals: Deals,
  ended: Ended,
  { facts, tier }: Before,
  at: number,
): DealsStep => {
  const { outcome } = ended;
  if (isRepeated(deals, ended, facts)) return { deals, observed: [remarkOn('repeatedOutcomes')] };
  const deal: Observation = { kind: 'deal', outcome, tier, ground: findGround(basis, facts, at), at };
  return outcome === 'lost'
    ? { deals: { ...deals, ended: 'lost' }, observed: [deal] }
    : {
        deals: { ended: 'won', customer: { tier, outcomes: [], rescue: {} } },
        observed: [...closeCustomer(deals), deal],
      };
};

const followUp = (deals: Deals, outcome: FollowUp): DealsStep => {
  const { customer } = deals;
  if (customer === undefined) return { deals, observed: [remarkOn('followUpsWithoutWin')] };
  const outcomes = followUps.filter((known) => known === outcome || customer.outcomes.includes(known));
  // A customer that churned can be won back, which is another win.
  const ended = outcome === 'churned' ? undefined : deals.ended;
  return { deals: { ended, customer: { ...customer, outcomes } }, observed: [] };
};

/** Applies an outcome to the deals of a lead. */
export const followOutcome = (
  basis: Basis,
  deals: Deals,
  { outcome, dealId }: { readonly outcome: Outcome; readonly dealId?: string | undefined },
  before: Before,
  at: number,
): DealsStep =>
  outcome === 'won' || outcome === 'lost'
    ? endDeal(basis, deals, { outcome, dealId }, before, at)
    : followUp(deals, outcome);

/** Applies rescue efforts to the deals of a lead. They count for the last win. */
export const followRescue = (deals: Deals, effort: string, count: number): DealsStep => {
  const { customer } = deals;
  if (customer === undefined) return { deals, observed: [remarkOn('rescuesWithoutWin')] };
  const before = Object.hasOwn(customer.rescue, effort) ? customer.rescue[effort] : undefined;
  const rescue = { ...customer.rescue, [effort]: (before ?? 0) + count };
  return { deals: { ...deals, customer: { ...customer, rescue } }, observed: [] };
};
