import { type Stage, stages, type Tier } from '../../../events/index.ts';
import { createTopList } from '../../top-list.ts';
import {
  addDuration,
  countLonger,
  countOf,
  createDurations,
  type Durations,
  daysOf,
  quantileOf,
  unitsADay,
  unitsOf,
} from '../durations.ts';
import type { Observation } from '../observations.ts';

type Present = Extract<Observation, { kind: 'present' }>;

/** With fewer completed stays at a stage than these, their length tells nothing. */
export const fewestStays = 5;

export interface StuckAt {
  readonly stage: Stage;
  /** Leads there, but for disqualified ones. */
  readonly active: number;
  readonly stuck: number;
  /** Longer than this is stuck. */
  readonly longerThanDays: number;
  /** What that follows from: nine of ten stays that have ended, or where there are too few of them, `--stuck-days`. */
  readonly measure: 'stays' | 'days';
}

export interface StuckLead {
  readonly leadId: string;
  readonly stage: Stage;
  readonly tier: Tier;
  readonly lane: string | null;
  readonly days: number;
}

/** Leads that stay longer than others did. */
export interface Stuck {
  readonly total: number;
  readonly byStage: readonly StuckAt[];
  /** The longest, at most as many as asked for. */
  readonly longest: readonly StuckLead[];
}

export interface StuckProps {
  /** Where too few stays have ended. */
  readonly stuckDays: number;
  /** How many leads to list. */
  readonly limit: number;
}

const longestFirst = (a: Present, b: Present): number => b.ms - a.ms || (a.leadId < b.leadId ? -1 : 1);

const leadOf = ({ leadId, stage, tier, lane, ms }: Present): StuckLead => ({
  leadId,
  stage,
  tier,
  lane: lane ?? null,
  days: daysOf(unitsOf(ms)),
});

/** Customers have arrived. */
const stagesBefore = stages.filter((stage) => stage !== 'customer');

const createStage = (stage: Stage, { stuckDays, limit }: StuckProps) => ({
  stage,
  durations: createDurations(),
  longest: createTopList(limit, longestFirst),
  /** Counted beside the histogram, which can't tell a bound that lies within one of its cells. */
  longerThanAsked: 0,
  stuckUnits: stuckDays * unitsADay,
});

export const tallyStuck = (props: StuckProps) => {
  const found = stagesBefore.map((stage) => createStage(stage, props));
  const stuckAt = (
    { durations, longerThanAsked, stuckUnits, stage }: (typeof found)[number],
    past: Durations,
  ) => {
    const measure = countOf(past) >= fewestStays ? 'stays' : 'days';
    const bound = measure === 'stays' ? quantileOf(past, 90) : stuckUnits;
    const stuck = measure === 'stays' ? countLonger(durations, bound) : longerThanAsked;
    return { stage, active: countOf(durations), stuck, bound, measure } as const;
  };
  return {
    add(present: Present): void {
      const at = found.find(({ stage }) => stage === present.stage);
      if (at === undefined || present.status === 'disqualified') return;
      addDuration(at.durations, present.ms);
      at.longest.add(present);
      if (unitsOf(present.ms) > at.stuckUnits) at.longerThanAsked++;
    },
    /** @param pastStays those that have ended at a stage */
    result(pastStays: (stage: Stage) => Durations): Stuck {
      const bounds = found.map((at) => ({ at, ...stuckAt(at, pastStays(at.stage)) }));
      const longest = bounds.flatMap(({ at, bound }) =>
        at.longest.list().filter(({ ms }) => unitsOf(ms) > bound),
      );
      return {
        total: bounds.reduce((sum, { stuck }) => sum + stuck, 0),
        byStage: bounds.map(({ stage, active, stuck, bound, measure }) => ({
          stage,
          active,
          stuck,
          longerThanDays: daysOf(bound),
          measure,
        })),
        longest: longest.sort(longestFirst).slice(0, props.limit).map(leadOf),
      };
    },
  };
};
