import type { Outcome, Stage, Trigger } from '../../events/index.ts';
import type { Dated, Facts, ModelDocument, VerdictSource } from '../scoring/index.ts';
import { rankOf } from './stages.ts';

/** The stage of a lead, and what moved the lead there. */
export interface StagePlacement {
  readonly stage: Stage;
  readonly trigger: Trigger;
  /** The instant of the move, in milliseconds since 1970; -Infinity for a lead that nothing has moved. */
  readonly at: number;
  readonly actor?: string;
  readonly reason?: string;
  /**
   * Whether sales gave the lead back (rejected or lost) or the policy took it back, since nobody answered in time, and
   * nothing has moved it on since.
   */
  readonly recycled: boolean;
}

type Funnel = Pick<ModelDocument, 'promotions' | 'policy'>;

const placement = (
  stage: Stage,
  trigger: Trigger,
  at: number,
  by: { readonly actor?: string | undefined; readonly reason?: string | undefined } = {},
): StagePlacement => ({
  stage,
  trigger,
  at,
  ...(by.actor !== undefined && { actor: by.actor }),
  ...(by.reason !== undefined && { reason: by.reason }),
  recycled: trigger === 'handoff-rejected' || trigger === 'handoff-expired' || trigger === 'lost',
});

const start = placement('subscriber', 'first-seen', Number.NEGATIVE_INFINITY);

/** Returns the latest placement; of one instant, the first in the list. */
const pickLatest = (placements: readonly StagePlacement[]): StagePlacement =>
  placements.reduce((latest, next) => (next.at > latest.at ? next : latest), start);

/** The outcomes that only a customer can have. A reference or an end may also come from somebody who was one. */
const customerOutcomes = ['won', 'renewed', 'expanded'] as const satisfies readonly Outcome[];

/** Returns the outcomes that prove that the lead is a customer. */
const listProofs = ({ outcomes }: Facts): StagePlacement[] =>
  customerOutcomes.flatMap((outcome) => {
    const counts = outcomes[outcome];
    return counts === undefined ? [] : [placement('customer', outcome, counts[1])];
  });

/**
 * Returns the latest verdict of a kind: of those that name their hand-off, and of those that don't. Of one instant, the
 * one whose hand-off's id sorts last, whatever the order of the facts.
 */
const findLastVerdict = (
  facts: Facts,
  kind: 'accepted' | 'rejected' | 'expired',
): Dated<VerdictSource> | undefined => {
  let last = kind === 'expired' ? undefined : facts[kind];
  let lastId = '';
  for (const [id, [{ verdict, ...source }, at]] of Object.entries(facts.verdicts ?? {})) {
    if (verdict !== kind) continue;
    if (last !== undefined && (at < last[1] || (at === last[1] && id < lastId))) continue;
    last = [source, at];
    lastId = id;
  }
  return last;
};

/**
 * Returns the recycling by a lost deal: every deal that was named is lost by its latest statement, and none was ever
 * won. A deal that nobody names is the lead's only one, so its loss is enough.
 */
const findLost = (facts: Facts, recycleTo: Stage): StagePlacement | undefined => {
  const { lost } = facts.outcomes;
  const isOver = Object.values(facts.deals ?? {}).every(([status]) => status === 'lost');
  return lost === undefined || !isOver || listProofs(facts).length > 0
    ? undefined
    : placement(recycleTo, 'lost', lost[1], lost[2]);
};

/** Returns the stage that was stated last, of the lead or by a deal; of one instant, the one furthest along. */
const findStated = ({ stated, dealStage }: Facts, lost: StagePlacement | undefined): StagePlacement[] => {
  // A deal that is lost leaves its stage, even if it came there on the same day.
  const ofDeal =
    dealStage !== undefined && lost !== undefined && dealStage[1] <= lost.at ? undefined : dealStage;
  const isOfDeal =
    ofDeal !== undefined &&
    (stated === undefined ||
      ofDeal[1] > stated[1] ||
      (ofDeal[1] === stated[1] && rankOf(ofDeal[0].stage) > rankOf(stated[0].stage)));
  const last = isOfDeal ? ofDeal : stated;
  return last === undefined ? [] : [placement(last[0].stage, 'stated', last[1], last[0])];
};

/** Returns the statements about the stage. The latest one counts; of one instant, the CRM's before the others. */
const statements = (facts: Facts, { policy }: Funnel): StagePlacement[] => {
  const rejected = findLastVerdict(facts, 'rejected');
  const expired = findLastVerdict(facts, 'expired');
  const lost = findLost(facts, policy.recycle.stage);
  return [
    ...findStated(facts, lost),
    ...(rejected === undefined
      ? []
      : [placement(policy.recycle.stage, 'handoff-rejected', rejected[1], rejected[0])]),
    ...(expired === undefined
      ? []
      : [placement(policy.recycle.stage, 'handoff-expired', expired[1], expired[0])]),
    ...(lost === undefined ? [] : [lost]),
  ];
};

const findLastAt = (facts: Facts, activities: readonly string[]): number =>
  activities.reduce((latest, name) => {
    const activity = Object.hasOwn(facts.activities, name) ? facts.activities[name] : undefined;
    return activity === undefined ? latest : Math.max(latest, activity[1]);
  }, Number.NEGATIVE_INFINITY);

/** Returns the promotions of a lead: by its own activities up to mql, by an accepted hand-off to sql. */
const promotions = (facts: Facts, model: Funnel): StagePlacement[] => {
  const accepted = findLastVerdict(facts, 'accepted');
  return [
    ...model.promotions.map(({ to, activities }) => placement(to, 'activity', findLastAt(facts, activities))),
    ...(accepted === undefined ? [] : [placement('sql', 'handoff-accepted', accepted[1], accepted[0])]),
  ].filter(({ at }) => at !== Number.NEGATIVE_INFINITY);
};

/**
 * Returns the customer that a lead is: by the latest statement of its own stage, or by an outcome at or after it.
 * Nothing about a deal or a hand-off takes that back, because a customer may have others.
 */
const findCustomer = (facts: Facts): StagePlacement | undefined => {
  const { stated } = facts;
  if (stated?.[0].stage === 'customer') return placement('customer', 'stated', stated[1], stated[0]);
  return listProofs(facts)
    .filter(({ at }) => stated === undefined || at >= stated[1])
    .toSorted((a, b) => a.at - b.at)[0];
};

/**
 * Returns the stage as a function of the facts alone, so that the order in which events arrive can't matter. A customer
 * stays one. Otherwise the stage is that of the latest statement, raised by every promotion at or after it, and never
 * lowered by one.
 */
export const resolveStage = (facts: Facts, model: Funnel): StagePlacement => {
  const customer = findCustomer(facts);
  if (customer !== undefined) return customer;
  const anchor = pickLatest(statements(facts, model));
  return promotions(facts, model)
    .filter(({ at }) => at >= anchor.at)
    .reduce((highest, next) => (rankOf(next.stage) > rankOf(highest.stage) ? next : highest), anchor);
};
