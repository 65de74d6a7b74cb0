import type { Outcome, Tier } from '../../events/index.ts';
import { type Facts, situationOf } from '../../shared/scoring/index.ts';
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
  readonly heard: readonly FollowUp[];
  readonly rescue: EffortCounts;
}

/** A lead's deals so far. */
export interface Deals {
  /** The outcome that counted last, as long as nothing has moved the lead on: the same one again is a repeat. */
  readonly ended: 'won' | 'lost' | undefined;
  /** The last win, with what has been heard since. */
  readonly customer: Customer | undefined;
}

export const noDeals: Deals = { ended: undefined, customer: undefined };

export interface DealsStep {
  readonly deals: Deals;
  readonly observed: readonly Observation[];
}

/** How a lead stood just before an event. */
export interface Before {
  readonly facts: Facts;
  readonly tier: Tier;
}

const groundOf = ({ model }: Basis, facts: Facts, at: number): Ground => {
  const { demoReady, bantMet } = situationOf(model, facts, at);
  return demoReady === true ? 'slide' : bantMet === true ? 'bant' : 'neither';
};

/** The win that is over, or has lasted until the end, as far as there is one. */
export const closeCustomer = ({ customer }: Deals): Observation[] =>
  customer === undefined ? [] : [{ kind: 'customer', ...customer }];

const endDeal = (
  basis: Basis,
  deals: Deals,
  outcome: 'won' | 'lost',
  { facts, tier }: Before,
  at: number,
): DealsStep => {
  if (deals.ended === outcome) return { deals, observed: [remarkOn('repeatedOutcomes')] };
  const deal: Observation = { kind: 'deal', outcome, tier, ground: groundOf(basis, facts, at) };
  return outcome === 'lost'
    ? { deals: { ...deals, ended: 'lost' }, observed: [deal] }
    : {
        deals: { ended: 'won', customer: { tier, heard: [], rescue: {} } },
        observed: [...closeCustomer(deals), deal],
      };
};

const hear = (deals: Deals, outcome: FollowUp): DealsStep => {
  const { customer } = deals;
  if (customer === undefined) return { deals, observed: [remarkOn('followUpsWithoutWin')] };
  const heard = followUps.filter((known) => known === outcome || customer.heard.includes(known));
  // Who has left can be won back; that is another win.
  const ended = outcome === 'churned' ? undefined : deals.ended;
  return { deals: { ended, customer: { ...customer, heard } }, observed: [] };
};

/** What an outcome means for a lead's deals. */
export const followOutcome = (
  basis: Basis,
  deals: Deals,
  outcome: Outcome,
  before: Before,
  at: number,
): DealsStep =>
  outcome === 'won' || outcome === 'lost' ? endDeal(basis, deals, outcome, before, at) : hear(deals, outcome);

/** A rescue is spent on the customer that was won last. */
export const followRescue = (deals: Deals, effort: string, count: number): DealsStep => {
  const { customer } = deals;
  if (customer === undefined) return { deals, observed: [remarkOn('rescuesWithoutWin')] };
  const before = Object.hasOwn(customer.rescue, effort) ? customer.rescue[effort] : undefined;
  const rescue = { ...customer.rescue, [effort]: (before ?? 0) + count };
  return { deals: { ...deals, customer: { ...customer, rescue } }, observed: [] };
};
