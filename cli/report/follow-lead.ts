import type { Stage, Tier } from '../../events/index.ts';
import type { Status } from '../../shared/funnel/index.ts';
import { evolve, isClosed, type JudgedEvent, judge, type SignalEvent } from '../../shared/lead/index.ts';
import type { DecidedEntry, LedgerEntry, StoredLead } from '../../shared/ledger/index.ts';
import { type Facts, noFacts, situationOf } from '../../shared/scoring/index.ts';
import type { Basis } from './basis.ts';
import {
  closeCustomer,
  type Deals,
  type DealsStep,
  followOutcome,
  followRescue,
  noDeals,
} from './follow-deals.ts';
import { type Observation, remarkOn } from './observations.ts';

interface StagePeriod {
  readonly stage: Stage;
  readonly status: Status;
  /** Milliseconds since 1970 at which it came to the stage. */
  readonly since: number;
}

/** A lead as far as its entries have been read, in the order of their `occurredAt`. */
export interface Followed {
  readonly facts: Facts;
  /** Nowhere before the first entry. */
  readonly period: StagePeriod | undefined;
  /** What the model makes of the facts, to hold on to. */
  readonly judged: Tier;
  /** The tier that counts. */
  readonly tier: Tier;
  readonly deals: Deals;
  /** Commits read so far. */
  readonly commits: number;
}

export const unheardOf: Followed = {
  facts: noFacts,
  period: undefined,
  judged: 'none',
  tier: 'none',
  deals: noDeals,
  commits: 0,
};

export interface Step {
  readonly lead: Followed;
  readonly observed: readonly Observation[];
}

/** Each commit has one entry with the first ordinal. */
const withCommit = (lead: Followed, { ordinal }: LedgerEntry): Followed =>
  ordinal === 0 ? { ...lead, commits: lead.commits + 1 } : lead;

const followActivity = (
  basis: Basis,
  { tier, ...lead }: Followed,
  { activity, count }: Extract<SignalEvent, { type: 'LeadActivityRecorded' }>['data'],
): DealsStep => {
  const observed: Observation[] = [];
  let { deals } = lead;
  for (const { id, kind } of basis.effortsOf(activity)) {
    if (kind === 'presales') observed.push({ kind: 'effort', effort: id, tier, count });
    else {
      const step = followRescue(deals, id, count);
      deals = step.deals;
      observed.push(...step.observed);
    }
  }
  return { deals, observed };
};

const followDeals = (basis: Basis, lead: Followed, event: JudgedEvent, at: number): DealsStep => {
  if (event.type === 'LeadActivityRecorded') return followActivity(basis, lead, event.data);
  if (event.type !== 'LeadOutcomeRecorded') return { deals: lead.deals, observed: [] };
  return followOutcome(basis, lead.deals, event.data.outcome, lead, at);
};

/** The stay that ends; one that began at the same instant is none, since the lead was nowhere in between. */
const stayOf = (
  { model }: Basis,
  { facts, tier }: Followed,
  period: StagePeriod,
  at: number,
): Observation[] => {
  if (at === period.since) return [];
  const { stage, since } = period;
  return [{ kind: 'stay', stage, tier, lane: situationOf(model, facts, at).lane, ms: at - since }];
};

const followDecided = (basis: Basis, lead: Followed, entry: DecidedEntry): Step => {
  const { event } = entry;
  const at = Date.parse(event.metadata.occurredAt);
  if (at > basis.now) return { lead, observed: [remarkOn('eventsAfterNow')] };
  const facts = evolve(lead.facts, event);
  const { stage, status, tier: judged } = judge(basis.model, facts, lead.judged).standing;
  const { deals, observed } = followDeals(basis, lead, event, at);
  const { period } = lead;
  const moves = period !== undefined && period.stage !== stage;
  // What moves the lead on opens a new deal, unless that is the outcome which has just ended one.
  const movedOn = moves && deals.ended === lead.deals.ended;
  return {
    lead: {
      ...lead,
      facts,
      judged,
      tier: basis.tiers === 'judged' ? judged : entry.standing.tier,
      period: { stage, status, since: period === undefined || moves ? at : period.since },
      deals: movedOn ? { ...deals, ended: undefined } : deals,
    },
    observed: moves ? [...stayOf(basis, lead, period, at), ...observed] : observed,
  };
};

/**
 * Follows a lead by one more entry. Entries are to come in the order of their sort keys: by `occurredAt`, and those of
 * one instant by their ids. Pure; what a lead is followed by doesn't grow with the number of its entries.
 */
export const followEntry = (basis: Basis, before: Followed, entry: LedgerEntry): Step => {
  const lead = withCommit(before, entry);
  return entry.kind === 'decided' ? followDecided(basis, lead, entry) : { lead, observed: [] };
};

/**
 * What is to be said once all entries of a lead have been read.
 *
 * @param state read after the entries; a lead has none where somebody took it away meanwhile
 */
export const finishLead = (
  { model, now, tiers }: Basis,
  leadId: string,
  { facts, period, deals, commits, ...lead }: Followed,
  state: StoredLead | undefined,
): readonly Observation[] => {
  const observed: Observation[] = closeCustomer(deals);
  // A version a commit, without gaps: where they differ, somebody wrote to the lead while it was read.
  if (state?.version !== commits) observed.push(remarkOn('leadsBeingWritten'));
  // A lead that was merged or erased stands nowhere.
  if (period === undefined || (state !== undefined && isClosed(state))) return observed;
  if (state !== undefined && state.modelVersion !== model.version) {
    observed.push({ kind: 'model', version: state.modelVersion });
  }
  const { stage, status, since } = period;
  if (stage === 'customer' && deals.customer === undefined) observed.push(remarkOn('customersWithoutWin'));
  // The last entry by `occurredAt` need not be the one that came in last.
  const isLatest = tiers === 'recorded' && state !== undefined && state.facts.seen <= now;
  const tier = isLatest ? state.tier : lead.tier;
  const { lane } = situationOf(model, facts, now);
  observed.push({ kind: 'present', leadId, stage, status, tier, lane, ms: now - since });
  return observed;
};
