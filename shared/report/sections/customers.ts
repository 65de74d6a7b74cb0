import type { Tier } from '../../../events/index.ts';
import type { Effort } from '../basis.ts';
import { type FollowUp, followUps, type Observation } from '../observations.ts';
import { type ByTier, byTier, goodTiers, poorTiers } from '../tiers.ts';

type Customer = Extract<Observation, { kind: 'customer' }>;

/** The outcomes that followed wins. A win can be renewed, expanded and referenced, and then counts in each. */
export interface Aftermath extends Readonly<Record<FollowUp, number>> {
  readonly wins: number;
  /** The number of wins without any of these outcomes. */
  readonly nothingYet: number;
  /** The number of wins whose customers were rescued at least once. */
  readonly rescued: number;
  readonly rescues: number;
  /** Null if the model states no hours for rescues. */
  readonly rescueHours: number | null;
}

/** The wins by the tier just before the win. */
export interface Customers {
  readonly byTier: ByTier<Aftermath>;
  readonly poor: Aftermath;
  readonly good: Aftermath;
}

interface Counts extends Record<FollowUp, number> {
  wins: number;
  nothingYet: number;
  rescued: number;
  readonly byRescue: Map<string, number>;
}

const noCounts = (): Counts => ({
  wins: 0,
  renewed: 0,
  expanded: 0,
  referenced: 0,
  churned: 0,
  nothingYet: 0,
  rescued: 0,
  byRescue: new Map(),
});

const addTo = (counts: Counts, { outcomes, rescue }: Customer): void => {
  counts.wins++;
  for (const followUp of outcomes) counts[followUp]++;
  if (outcomes.length === 0) counts.nothingYet++;
  const rescues = Object.entries(rescue);
  if (rescues.length > 0) counts.rescued++;
  for (const [id, count] of rescues) counts.byRescue.set(id, (counts.byRescue.get(id) ?? 0) + count);
};

const computeAftermath = (rescues: readonly Effort[], { byRescue, ...counts }: Counts): Aftermath => {
  const timed = rescues.filter(({ hours }) => hours !== undefined);
  const computeHours = ({ id, hours = 0 }: Effort): number => hours * (byRescue.get(id) ?? 0);
  return {
    ...counts,
    rescues: [...byRescue.values()].reduce((sum, count) => sum + count, 0),
    rescueHours: timed.length === 0 ? null : timed.reduce((sum, effort) => sum + computeHours(effort), 0),
  };
};

const sumAftermaths = (parts: readonly Aftermath[]): Aftermath => {
  const sum = (of: (part: Aftermath) => number): number => parts.reduce((all, part) => all + of(part), 0);
  const outcomes = Object.fromEntries(followUps.map((name) => [name, sum((part) => part[name])]));
  return {
    wins: sum(({ wins }) => wins),
    ...(outcomes as Record<FollowUp, number>),
    nothingYet: sum(({ nothingYet }) => nothingYet),
    rescued: sum(({ rescued }) => rescued),
    rescues: sum(({ rescues }) => rescues),
    rescueHours: parts.some(({ rescueHours }) => rescueHours === null)
      ? null
      : sum(({ rescueHours }) => rescueHours ?? 0),
  };
};

export const tallyCustomers = (efforts: readonly Effort[]) => {
  const rescues = efforts.filter(({ kind }) => kind === 'rescue');
  const counts = byTier(noCounts);
  return {
    add: (customer: Customer): void => addTo(counts[customer.tier], customer),
    result(): Customers {
      const each = byTier((tier) => computeAftermath(rescues, counts[tier]));
      const over = (tiers: readonly Tier[]) => sumAftermaths(tiers.map((tier) => each[tier]));
      return { byTier: each, poor: over(poorTiers), good: over(goodTiers) };
    },
  };
};
