import type { Stage, Trigger } from '../../events/index.ts';
import type { Facts, ModelDocument } from '../scoring/index.ts';
import { rankOf } from './stages.ts';

/** The stage of a lead, and what moved the lead there. */
export interface StagePlacement {
  readonly stage: Stage;
  readonly trigger: Trigger;
  /** The instant of the move, in milliseconds since 1970; -Infinity for a lead that nothing has moved. */
  readonly at: number;
  readonly actor?: string;
  readonly reason?: string;
  /** Whether sales gave the lead back (rejected or lost), and nothing has moved it on since. */
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
  recycled: trigger === 'handoff-rejected' || trigger === 'lost',
});

/** Returns the statements about the stage. The latest one counts; of one instant, the CRM's before the others. */
const statements = (facts: Facts, { policy }: Funnel): StagePlacement[] => {
  const { stated, rejected, outcomes } = facts;
  const { lost } = outcomes;
  return [
    ...(stated === undefined ? [] : [placement(stated[0].stage, 'stated', stated[1], stated[0])]),
    ...(rejected === undefined
      ? []
      : [placement(policy.recycle.stage, 'handoff-rejected', rejected[1], rejected[0])]),
    ...(lost === undefined ? [] : [placement(policy.recycle.stage, 'lost', lost[1], lost[2])]),
  ];
};

const findLastAt = (facts: Facts, activities: readonly string[]): number =>
  activities.reduce((latest, name) => {
    const activity = Object.hasOwn(facts.activities, name) ? facts.activities[name] : undefined;
    return activity === undefined ? latest : Math.max(latest, activity[1]);
  }, Number.NEGATIVE_INFINITY);

/**
 * Returns the promotions of a lead: by its own activities up to mql, by an accepted hand-off to sql, by a won deal to
 * customer.
 */
const promotions = (facts: Facts, model: Funnel): StagePlacement[] => {
  const { accepted, outcomes } = facts;
  return [
    ...model.promotions.map(({ to, activities }) => placement(to, 'activity', findLastAt(facts, activities))),
    ...(accepted === undefined ? [] : [placement('sql', 'handoff-accepted', accepted[1], accepted[0])]),
    ...(outcomes.won === undefined ? [] : [placement('customer', 'won', outcomes.won[1])]),
  ].filter(({ at }) => at !== Number.NEGATIVE_INFINITY);
};

/**
 * Returns the stage as a function of the facts alone, so that the order in which events arrive can't matter. It is that
 * of the latest statement, raised by every promotion at or after it, and never lowered by one.
 */
export const resolveStage = (facts: Facts, model: Funnel): StagePlacement => {
  const start = placement('subscriber', 'first-seen', Number.NEGATIVE_INFINITY);
  const anchor = statements(facts, model).reduce(
    (latest, next) => (next.at > latest.at ? next : latest),
    start,
  );
  return promotions(facts, model)
    .filter(({ at }) => at >= anchor.at)
    .reduce((highest, next) => (rankOf(next.stage) > rankOf(highest.stage) ? next : highest), anchor);
};
