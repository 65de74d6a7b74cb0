import { type Stage, stages, type Tier } from '../../../events/index.ts';
import {
  addDuration,
  countOf,
  createDurations,
  type Durations,
  daysOf,
  quantileOf,
  together,
} from '../durations.ts';
import type { Observation } from '../observations.ts';
import { bestFirst } from '../tiers.ts';

type Stay = Extract<Observation, { kind: 'stay' }>;

/** How long completed stays at a stage lasted. */
export interface StayLength {
  readonly stays: number;
  readonly medianDays: number;
  /** Nine of ten stays were at most so long. */
  readonly ninetiethPercentileDays: number;
}

export interface StageStays extends StayLength {
  readonly stage: Stage;
}
export interface TierStays extends StageStays {
  readonly tier: Tier;
}
export interface LaneStays extends StageStays {
  /** Null where the lead was in no lane, or it wasn't known. */
  readonly lane: string | null;
}

/** Only what occurred: a stage that nobody has left isn't there. */
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

const lengthOf = (groups: readonly Group[]): StayLength => {
  const all = together(groups.map(({ durations }) => durations));
  return {
    stays: countOf(all),
    medianDays: daysOf(quantileOf(all, 50)),
    ninetiethPercentileDays: daysOf(quantileOf(all, 90)),
  };
};

/** Lanes by name, and last of all none. */
const compareLanes = (a: string | null, b: string | null): number => {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null || a < b ? -1 : 1;
};

const inOrder = (a: Group, b: Group): number =>
  stages.indexOf(a.stage) - stages.indexOf(b.stage) ||
  bestFirst.indexOf(a.tier) - bestFirst.indexOf(b.tier) ||
  compareLanes(a.lane, b.lane);

/** Groups that are alike in what `key` keeps of them, as one each. */
const merged = <Key extends Partial<Group>>(
  groups: readonly Group[],
  key: (group: Group) => Key,
): (Key & StayLength)[] =>
  [...Map.groupBy(groups, (group) => JSON.stringify(key(group))).values()].map((alike) => ({
    ...key(alike[0] as Group),
    ...lengthOf(alike),
  }));

export const tallyStays = () => {
  const groups = new Map<string, Group>();
  const groupOf = ({ stage, tier, lane }: Stay): Group => {
    const name = JSON.stringify([stage, tier, lane]);
    const group = groups.get(name) ?? { stage, tier, lane: lane ?? null, durations: createDurations() };
    groups.set(name, group);
    return group;
  };
  return {
    add: (stay: Stay): void => addDuration(groupOf(stay).durations, stay.ms),
    /** Of one stage, whatever tier and lane. */
    at: (stage: Stage): Durations =>
      together(
        [...groups.values()].filter((group) => group.stage === stage).map(({ durations }) => durations),
      ),
    result(): Stays {
      const sorted = [...groups.values()].sort(inOrder);
      const byLane = merged(sorted, ({ stage, lane }) => ({ stage, lane }));
      return {
        byStage: merged(sorted, ({ stage }) => ({ stage })),
        byTier: merged(sorted, ({ stage, tier }) => ({ stage, tier })),
        byLane: byLane.sort(
          (a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage) || compareLanes(a.lane, b.lane),
        ),
        byTierAndLane: merged(sorted, ({ stage, tier, lane }) => ({ stage, tier, lane })),
      };
    },
  };
};
