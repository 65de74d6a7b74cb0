import type { Stage, Tier } from '../../events/index.ts';
import { evolve, isClosed, type JudgedEvent, judge, modelTierOf, type SignalEvent } from '../lead/index.ts';
import type { DecidedEntry, LedgerEntry, StoredLead } from '../ledger/index.ts';
import { computeSituation, type Facts, instantOf, noFacts } from '../scoring/index.ts';
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
  /** The time at which the lead came to the stage, in milliseconds since 1970. */
  readonly since: number;
}

/** A lead as far as its entries have been read, in the order of their `occurredAt`. */
export interface FollowedLead {
  readonly facts: Facts;
  /** Undefined before the first entry. */
  readonly period: StagePeriod | undefined;
  /** The tier by the model, which the hysteresis of the next judgement starts from. */
  readonly judged: Tier;
  /** The tier that the report counts, by the source of tiers. */
  readonly tier: Tier;
  readonly deals: Deals;
  /** The number of commits read so far. */
  readonly commits: number;
}

export const initialLead: FollowedLead = {
  facts: noFacts,
  period: undefined,
  judged: 'none',
  tier: 'none',
  deals: noDeals,
  commits: 0,
};

export interface Step {
  readonly lead: FollowedLead;
  readonly observed: readonly Observation[];
}

/** Counts the commit of an entry once: each commit has one entry with ordinal 0. */
const withCommit = (lead: FollowedLead, { ordinal }: LedgerEntry): FollowedLead =>
  ordinal === 0 ? { ...lead, commits: lead.commits + 1 } : lead;

const countActivity = ({ activities }: Facts, activity: string): number =>
  Object.hasOwn(activities, activity) ? (activities[activity]?.[0] ?? 0) : 0;

/** Follows how often an activity happened by an event: of a total, that is its growth. */
const followActivity = (
  basis: Basis,
  { tier, ...lead }: FollowedLead,
  { activity }: Extract<SignalEvent, { type: 'LeadActivityRecorded' }>['data'],
  after: Facts,
): DealsStep => {
  const observed: Observation[] = [];
  let { deals } = lead;
  const count = countActivity(after, activity) - countActivity(lead.facts, activity);
  if (count === 0) return { deals, observed };
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

const followDeals = (
  basis: Basis,
  lead: FollowedLead,
  event: JudgedEvent,
  after: Facts,
  at: number,
): DealsStep => {
  if (event.type === 'LeadActivityRecorded') return followActivity(basis, lead, event.data, after);
  if (event.type !== 'LeadOutcomeRecorded') return { deals: lead.deals, observed: [] };
  return followOutcome(basis, lead.deals, event.data, lead, at);
};

/** Returns the stay that ends, unless it began at the same instant: then it is none. */
const observeStay = (
  { model }: Basis,
  { facts, tier }: FollowedLead,
  period: StagePeriod,
  at: number,
): Observation[] => {
  if (at === period.since) return [];
  const { stage, since } = period;
  return [{ kind: 'stay', stage, tier, lane: computeSituation(model, facts, at).lane, ms: at - since, at }];
};

const isEndOfDeal = (event: JudgedEvent): boolean =>
  event.type === 'LeadOutcomeRecorded' && (event.data.outcome === 'won' || event.data.outcome === 'lost');

/** Returns a lead with the tier that it has just before an event, which time alone may have changed. */
const withTierBefore = ({ model, tiers }: Basis, lead: FollowedLead, at: number): FollowedLead => {
  if (lead.period === undefined || at <= instantOf(lead.facts)) return lead;
  const judged = modelTierOf(judge(model, lead.facts, lead.judged, at).standing);
  return { ...lead, judged, tier: tiers === 'judged' ? judged : lead.tier };
};

/**
 * Follows an entry of time alone. Which of them there are depends on when events came in, and on the model of that day:
 * a tier that the report judges is judged anew at each event.
 */
const followTime = (
  { tiers, now }: Basis,
  lead: FollowedLead,
  { standing }: DecidedEntry,
  at: number,
): Step => ({
  lead: tiers === 'recorded' && at <= now ? { ...lead, tier: modelTierOf(standing) } : lead,
  observed: [],
});

const followDecided = (basis: Basis, known: FollowedLead, entry: DecidedEntry): Step => {
  const { event } = entry;
  const at = Date.parse(event.metadata.occurredAt);
  if (event.type === 'LeadClockAdvanced') return followTime(basis, known, entry, at);
  if (at > basis.now) return { lead: known, observed: [remarkOn('eventsAfterNow')] };
  const lead = withTierBefore(basis, known, at);
  const facts = evolve(lead.facts, event);
  const { standing } = judge(basis.model, facts, lead.judged);
  const { stage } = standing;
  const judged = modelTierOf(standing);
  const { deals, observed } = followDeals(basis, lead, event, facts, at);
  const { period } = lead;
  const moves = period !== undefined && period.stage !== stage;
  // An event that moves the lead to another stage opens a new deal, unless it is the outcome that has just ended one.
  const movedOn = moves && !isEndOfDeal(event) && deals.ended === lead.deals.ended;
  return {
    lead: {
      ...lead,
      facts,
      judged,
      tier: basis.tiers === 'judged' ? judged : modelTierOf(entry.standing),
      period: { stage, since: period === undefined || moves ? at : period.since },
      deals: movedOn ? { ...deals, ended: undefined } : deals,
    },
    observed: moves ? [...observeStay(basis, lead, period, at), ...observed] : observed,
  };
};

/**
 * Follows a lead by one more entry. Entries must come in the order of their sort keys: by `occurredAt`, and those of
 * one instant by their ids. The function is pure, and the size of its result doesn't grow with the number of entries.
 */
export const followEntry = (basis: Basis, before: FollowedLead, entry: LedgerEntry): Step => {
  const lead = withCommit(before, entry);
  return entry.kind === 'decided' ? followDecided(basis, lead, entry) : { lead, observed: [] };
};

/**
 * Returns the observations on a lead that are due after all of its entries have been read.
 *
 * @param state read after the entries; undefined if it is lost, or was removed meanwhile
 */
export const finishLead = (
  { model, now, tiers }: Basis,
  leadId: string,
  { facts, period, deals, commits, ...lead }: FollowedLead,
  state: StoredLead | undefined,
): readonly Observation[] => {
  const observed: Observation[] = closeCustomer(deals);
  // Each commit raises the version by one: if they differ, somebody wrote to the lead while it was read.
  if (state?.version !== commits) observed.push(remarkOn('leadsBeingWritten'));
  // A lead that was merged or erased has no stage.
  if (period === undefined || (state !== undefined && isClosed(state))) return observed;
  if (state !== undefined && state.modelVersion !== model.version) {
    observed.push({ kind: 'model', version: state.modelVersion });
  }
  // Time alone moves no lead to another stage.
  const { stage, since } = period;
  const present = judge(model, facts, lead.judged, Math.max(now, instantOf(facts))).standing;
  if (stage === 'customer' && deals.customer === undefined) observed.push(remarkOn('customersWithoutWin'));
  // The last entry by `occurredAt` need not be the one that came in last.
  const isLatest = tiers === 'recorded' && state !== undefined && state.facts.seen <= now;
  const tier = isLatest ? state.tier : tiers === 'judged' ? present.tier : lead.tier;
  const { lane } = computeSituation(model, facts, now);
  const { attributes } = facts;
  const { status } = present;
  observed.push({ kind: 'present', leadId, attributes, stage, status, tier, lane, ms: now - since });
  return observed;
};
