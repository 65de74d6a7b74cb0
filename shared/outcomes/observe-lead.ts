import { dayMs, isCanary, type Outcome } from '../../events/index.ts';
import type { FieldName, Row } from '../calibration/index.ts';
import { resolveStage } from '../funnel/index.ts';
import type { ScoringModel } from '../scoring/index.ts';
import { type Customer, findCustomer } from './customer.ts';
import type { Cut } from './cut.ts';
import { foldUntil, isCustomerAt } from './facts-at-cut.ts';
import { findCut } from './find-cut.ts';
import {
  type DatedOutcome,
  groupByMoment,
  type LeadEvents,
  listOutcomes,
  type Moment,
} from './lead-events.ts';
import { listNamed, type OutcomeRule, satisfies } from './outcome-rule.ts';
import { listSaidLater } from './said-later.ts';

/** The task of learning: what counts as a success, and by which rules leads are followed. */
export interface Task {
  readonly rule: OutcomeRule;
  readonly cut: Cut;
  /** The time after the cut within which the rule has to hold, in milliseconds. */
  readonly withinMs: number;
  /** The time after a win within which a customer is followed, in milliseconds. */
  readonly customerMs: number;
  /** Its rules of stages and its lanes count. */
  readonly model: ScoringModel;
  /** Events after this instant are left out, in milliseconds since 1970. */
  readonly until?: number | undefined;
}

/** Why nothing is learnt from a lead, whenever the data ends. */
export const reasonsToLeaveOut = [
  'canary',
  'erased',
  'never at the stage of the cut',
  'outcome before the cut',
  'customer before the cut',
  'won or lost before the cut',
  'nothing known at the cut',
] as const;
type LeftOut = (typeof reasonsToLeaveOut)[number];

/** The contribution of a lead to the data: empty if nothing was ever said of it. */
export interface Observed {
  readonly row?: Row;
  readonly leftOut?: LeftOut;
  readonly customer?: Customer;
  /** The fields of the row's lead that were said at the outcome or later, and not before the cut. */
  readonly saidLater?: readonly FieldName[];
  /** The kinds of outcomes that the lead ever had. */
  readonly outcomes?: readonly Outcome[];
  /** The instant of the lead's last event, also of one after the end that is asked for; milliseconds since 1970. */
  readonly lastAt?: number;
}

/** The time before the cut at which facts are looked at too, to see whether something was said in a hurry. */
const earlierMs = 7 * dayMs;

/** The outcomes that end a sale: what is said with them was said by somebody who knew how it ended. */
const endsSale: ReadonlySet<Outcome> = new Set(['won', 'lost']);

/** Returns the lead as it would have been judged at the cut, or why it isn't learnt from. */
const observeAtCut = (
  leadId: string,
  moments: readonly Moment[],
  outcomes: readonly DatedOutcome[],
  { rule, cut, withinMs, model }: Task,
): Observed => {
  const at = findCut(moments, cut, model);
  if (at === undefined) return { leftOut: 'never at the stage of the cut' };
  const named = new Set(listNamed(rule));
  const ofRule = outcomes.filter(({ outcome }) => named.has(outcome));
  if (ofRule.some((outcome) => outcome.at <= at)) return { leftOut: 'outcome before the cut' };
  const isOfCustomers = cut.from === 'customer';
  if (!isOfCustomers && isCustomerAt(moments, at, model)) return { leftOut: 'customer before the cut' };
  if (!isOfCustomers && outcomes.some((one) => endsSale.has(one.outcome) && one.at <= at)) {
    return { leftOut: 'won or lost before the cut' };
  }
  const facts = foldUntil(moments, at, isOfCustomers);
  if (facts === undefined) return { leftOut: 'nothing known at the cut' };
  const within = ofRule.filter((outcome) => outcome.at <= at + withinMs);
  const earlierFacts = foldUntil(moments, at - earlierMs, true);
  const { stage } = resolveStage(facts, model.document);
  const outcome = satisfies(rule, new Set(within.map((known) => known.outcome)));
  const row = { leadId, at, facts, stage, outcome, ...(earlierFacts && { earlierFacts }) };
  const first = within[0];
  return { row, ...(first && { saidLater: listSaidLater(moments, first.at, facts) }) };
};

/**
 * Follows a lead and returns what can be learnt from it: the facts at the cut with what became of it, and, if it was
 * won, the customer. The order of the events doesn't matter. Verdicts, overrides and outcomes are followed and never
 * learnt from: they are no fields.
 */
export const observeLead = ({ leadId, events }: LeadEvents, task: Task): Observed => {
  if (isCanary(leadId)) return { leftOut: 'canary' };
  if (events.some(({ type }) => type === 'LeadErasureRequested')) return { leftOut: 'erased' };
  const all = groupByMoment(events);
  const lastAt = all.at(-1)?.at;
  if (lastAt === undefined) return {};
  const { until = lastAt } = task;
  const moments = all.filter(({ at }) => at <= until);
  if (moments.length === 0) return { lastAt };
  const outcomes = listOutcomes(moments);
  const customer = findCustomer(moments, outcomes, task.model, task.customerMs);
  return {
    ...observeAtCut(leadId, moments, outcomes, task),
    ...(customer && { customer }),
    ...(outcomes.length > 0 && { outcomes: [...new Set(outcomes.map(({ outcome }) => outcome))] }),
    lastAt,
  };
};
