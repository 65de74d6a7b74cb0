import { type Stage, stages, type Tier } from '../../../events/index.ts';
import {
  addDuration,
  computeQuantile,
  countOf,
  createDurations,
  type Durations,
  sumDurations,
  toDays,
} from '../durations.ts';
import type { Observation } from '../observations.ts';
import { bestFirst } from '../tiers.ts';

type Stay = Extract<Observation, { kind: 'stay' }>;

/** The number of completed stays at a stage, and their length. */
export interface StayLength {
  readonly stays: number;
  readonly medianDays: number;
  /** Nine of ten stays were not longer. */
  readonly ninetiethPercentileDays: number;
}

interface StageStays extends StayLength {
  readonly stage: Stage;
}
interface TierStays extends StageStays {
  readonly tier: Tier;
}
interface LaneStays extends StageStays {
  /** Null if the lead was in no lane, or its lane wasn't known. */
  readonly lane: string | null;
}

/** The completed stays. A stage that no lead has left is missing. */
export interface Stays {
  readonly byStage: readonly StageStays[];
  readonly byTier: readonly TierStays[];
  readonly byLane: readonly LaneStays[];
  readonly byTierAndLane: readonly (TierStays & LaneStays)[];
}

interface Group {
  readonly stage: Stage;
  readonly tier: Tier;
  readonly lane: string | null;
  readonly durations: Durations;
}

const computeLength = (groups: readonly Group[]): StayLength => {
  const all = sumDurations(groups.map(({ durations }) => durations));
  return {
    stays: countOf(all),
    medianDays: toDays(computeQuantile(all, 50)),
    ninetiethPercentileDays: toDays(computeQuantile(all, 90)),
  };
};

/** Compares lanes by name; no lane comes last. */
const compareLanes = (a: string | null, b: string | null): number => {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null || a < b ? -1 : 1;
};

const inOrder = (a: Group, b: Group): number =>
  stages.indexOf(a.stage) - stages.indexOf(b.stage) ||
  bestFirst.indexOf(a.tier) - bestFirst.indexOf(b.tier) ||
  compareLanes(a.lane, b.lane);

/** Merges the groups for which `key` returns the same. */
const mergeGroups = <Key extends Partial<Group>>(
  groups: readonly Group[],
  key: (group: Group) => Key,
): (Key & StayLength)[] =>
  [...Map.groupBy(groups, (group) => JSON.stringify(key(group))).values()].map((alike) => ({
    ...key(alike[0] as Group),
    ...computeLength(alike),
  }));

export const tallyStays = () => {
  const groups = new Map<string, Group>();
  const findGroup = ({ stage, tier, lane }: Stay): Group => {
    const name = JSON.stringify([stage, tier, lane]);
    const group = groups.get(name) ?? { stage, tier, lane: lane ?? null, durations: createDurations() };
    groups.set(name, group);
    return group;
  };
  return {
    add: (stay: Stay): void => addDuration(findGroup(stay).durations, stay.ms),
    /** Returns the stays at a stage, in all tiers and lanes. */
    at: (stage: Stage): Durations =>
      sumDurations(
        [...groups.values()].filter((group) => group.stage === stage).map(({ durations }) => durations),
      ),
    result(): Stays {
      const sorted = [...groups.values()].sort(inOrder);
      const byLane = mergeGroups(sorted, ({ stage, lane }) => ({ stage, lane }));
      return {
        byStage: mergeGroups(sorted, ({ stage }) => ({ stage })),
        byTier: mergeGroups(sorted, ({ stage, tier }) => ({ stage, tier })),
        byLane: byLane.sort(
          (a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage) || compareLanes(a.lane, b.lane),
        ),
        byTierAndLane: mergeGroups(sorted, ({ stage, tier, lane }) => ({ stage, tier, lane })),
      };
    },
  };
};
