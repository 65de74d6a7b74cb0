import type { Effort } from '../basis.ts';
import type { Observation } from '../observations.ts';
import { type ByTier, bestFirst, byTier, poorTiers, sumOver } from '../tiers.ts';

/** The effort that went to the leads of each tier, in times or hours. */
export interface Spent {
  readonly total: number;
  readonly byTier: ByTier<number>;
  /** The share of the total that went to the tiers risky and none, 0 to 1; null if the total is 0. */
  readonly poorShare: number | null;
}

export interface EffortSpent {
  readonly effort: string;
  readonly title: string;
  readonly times: Spent;
  /** Null if the model doesn't state how many hours the effort takes. */
  readonly hours: Spent | null;
}

/** The pre-sales effort by the tier of the lead at that time. */
export interface Efforts {
  readonly each: readonly EffortSpent[];
  readonly times: Spent;
  /** The sum over the efforts whose hours the model states; null if it states none. */
  readonly hours: Spent | null;
}

const computeSpent = (amounts: ByTier<number>): Spent => {
  const total = sumOver(bestFirst, amounts);
  return { total, byTier: amounts, poorShare: total === 0 ? null : sumOver(poorTiers, amounts) / total };
};

const sumSpent = (parts: readonly Spent[]): Spent =>
  computeSpent(byTier((tier) => parts.reduce((sum, part) => sum + part.byTier[tier], 0)));

export const tallyEfforts = (all: readonly Effort[]) => {
  const presales = all.filter(({ kind }) => kind === 'presales');
  const counts = new Map(presales.map(({ id }) => [id, byTier(() => 0)]));
  const buildEffortSpent = ({ id, title, hours }: Effort): EffortSpent => {
    const times = counts.get(id) ?? byTier(() => 0);
    return {
      effort: id,
      title,
      times: computeSpent({ ...times }),
      hours: hours === undefined ? null : computeSpent(byTier((tier) => times[tier] * hours)),
    };
  };
  return {
    add({ effort, tier, count }: Extract<Observation, { kind: 'effort' }>): void {
      const times = counts.get(effort);
      if (times !== undefined) times[tier] += count;
    },
    result(): Efforts {
      const each = presales.map(buildEffortSpent);
      const timed = each.flatMap(({ hours }) => hours ?? []);
      return {
        each,
        times: sumSpent(each.map(({ times }) => times)),
        hours: timed.length === 0 ? null : sumSpent(timed),
      };
    },
  };
};
