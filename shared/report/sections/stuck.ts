import { type Stage, stages, type Tier } from '../../../events/index.ts';
import { readPerson } from '../../people/index.ts';
import { createTopList } from '../../top-list/index.ts';
import {
  addDuration,
  computeQuantile,
  countLonger,
  countOf,
  createDurations,
  type Durations,
  toDays,
  toUnits,
  unitsADay,
} from '../durations.ts';
import type { Observation } from '../observations.ts';

type Present = Extract<Observation, { kind: 'present' }>;

/** The fewest completed stays at a stage whose length means something. */
export const fewestStays = 5;

export interface StuckAt {
  readonly stage: Stage;
  /** The number of leads at the stage that are not disqualified. */
  readonly active: number;
  readonly stuck: number;
  /** A lead is stuck if it has been at the stage for longer. */
  readonly longerThanDays: number;
  /** The source of that bound: nine of ten stays that have ended, or `--stuck-days` if too few have ended. */
  readonly measure: 'stays' | 'days';
}

interface StuckLead {
  readonly leadId: string;
  /** The name and the company, as far as they are known. */
  readonly name?: string;
  readonly company?: string;
  readonly stage: Stage;
  readonly tier: Tier;
  readonly lane: string | null;
  readonly days: number;
}

/** The leads that have stayed longer than others did. */
export interface Stuck {
  readonly total: number;
  readonly byStage: readonly StuckAt[];
  /** Those that have stayed longest, `limit` at the most. */
  readonly longest: readonly StuckLead[];
}

export interface StuckProps {
  /** The bound for stages at which too few stays have ended, in days. */
  readonly stuckDays: number;
  /** The most leads to list. */
  readonly limit: number;
}

const longestFirst = (a: Present, b: Present): number => b.ms - a.ms || (a.leadId < b.leadId ? -1 : 1);

const buildStuckLead = ({ leadId, attributes, stage, tier, lane, ms }: Present): StuckLead => {
  const { name, company } = readPerson(attributes);
  return {
    leadId,
    ...(name !== undefined && { name }),
    ...(company !== undefined && { company }),
    stage,
    tier,
    lane: lane ?? null,
    days: toDays(toUnits(ms)),
  };
};

/** The stages at which a lead can be stuck: customers have arrived. */
const stagesBefore = stages.filter((stage) => stage !== 'customer');

const createStage = (stage: Stage, { stuckDays, limit }: StuckProps) => ({
  stage,
  durations: createDurations(),
  longest: createTopList(limit, longestFirst),
  /** Counted beside the histogram, which can't count exactly above a bound within one of its cells. */
  longerThanAsked: 0,
  stuckUnits: stuckDays * unitsADay,
});

export const tallyStuck = (props: StuckProps) => {
  const found = stagesBefore.map((stage) => createStage(stage, props));
  const measureStuck = (
    { durations, longerThanAsked, stuckUnits, stage }: (typeof found)[number],
    past: Durations,
  ) => {
    const measure = countOf(past) >= fewestStays ? 'stays' : 'days';
    const bound = measure === 'stays' ? computeQuantile(past, 90) : stuckUnits;
    const stuck = measure === 'stays' ? countLonger(durations, bound) : longerThanAsked;
    return { stage, active: countOf(durations), stuck, bound, measure } as const;
  };
  return {
    add(present: Present): void {
      const at = found.find(({ stage }) => stage === present.stage);
      if (at === undefined || present.status === 'disqualified') return;
      addDuration(at.durations, present.ms);
      at.longest.add(present);
      if (toUnits(present.ms) > at.stuckUnits) at.longerThanAsked++;
    },
    /** @param pastStays returns the stays that have ended at a stage */
    result(pastStays: (stage: Stage) => Durations): Stuck {
      const bounds = found.map((at) => ({ at, ...measureStuck(at, pastStays(at.stage)) }));
      const longest = bounds.flatMap(({ at, bound }) =>
        at.longest.list().filter(({ ms }) => toUnits(ms) > bound),
      );
      return {
        total: bounds.reduce((sum, { stuck }) => sum + stuck, 0),
        byStage: bounds.map(({ stage, active, stuck, bound, measure }) => ({
          stage,
          active,
          stuck,
          longerThanDays: toDays(bound),
          measure,
        })),
        longest: longest.sort(longestFirst).slice(0, props.limit).map(buildStuckLead),
      };
    },
  };
};
