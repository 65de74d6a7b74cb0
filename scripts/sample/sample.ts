import { dayMs, hourMs } from '../../events/index.ts';
import { createDice, createRandom, type Dice } from './dice.ts';
import type { SampleEvent } from './entry.ts';
import { brokenOnes, repeatedOnes } from './faults.ts';
import type { Journey } from './journey.ts';
import { type Fit, leadIdOf } from './profiles.ts';
import {
  buyer,
  fromCrm,
  leaver,
  lostDeal,
  noAuthority,
  noPersona,
  noProblem,
  openDeal,
  prospect,
  reader,
  rejected,
  subscriber,
} from './stories.ts';

const seed = 20_260_202;
const firstDay = Date.parse('2026-02-02T00:00:00.000Z');
const end = Date.parse('2026-05-30T00:00:00.000Z');

interface Cohort {
  readonly tells: (journey: Journey) => void;
  readonly leads: number;
  readonly fits: readonly Fit[];
  /** Last day, counted from the first, on which one of them appears: long stories begin early. */
  readonly until: number;
}

/** How many leads take which way. What happens after the last day has not happened yet. */
const cohorts: readonly Cohort[] = [
  { tells: subscriber, leads: 62, fits: ['fair'], until: 100 },
  { tells: reader, leads: 82, fits: ['good', 'fair', 'fair', 'poor', 'poor'], until: 108 },
  { tells: leaver, leads: 18, fits: ['fair', 'poor'], until: 80 },
  { tells: prospect, leads: 44, fits: ['good', 'fair', 'fair', 'poor', 'poor'], until: 108 },
  { tells: buyer, leads: 34, fits: ['good', 'good', 'good', 'fair', 'poor'], until: 45 },
  { tells: lostDeal, leads: 24, fits: ['good', 'fair', 'fair', 'poor'], until: 60 },
  { tells: openDeal, leads: 20, fits: ['good', 'good', 'fair'], until: 95 },
  { tells: rejected, leads: 22, fits: ['fair', 'fair', 'good', 'poor'], until: 75 },
  { tells: noPersona, leads: 10, fits: ['poor'], until: 90 },
  { tells: noAuthority, leads: 9, fits: ['fair'], until: 80 },
  { tells: noProblem, leads: 9, fits: ['fair', 'poor'], until: 80 },
  { tells: fromCrm, leads: 10, fits: ['good', 'fair'], until: 85 },
];

const journeysOf = (dice: Dice): Journey[] => {
  const parts = cohorts.flatMap((cohort) => Array.from({ length: cohort.leads }, () => cohort));
  // Shuffled, so that a lead's number doesn't tell how its story ends.
  const order = parts.map((cohort) => ({ cohort, rank: dice.random() })).sort((a, b) => a.rank - b.rank);
  return order.map(({ cohort }, i) => {
    const journey: Journey = {
      leadId: leadIdOf(dice, i + 1),
      dice,
      fit: dice.pick(cohort.fits),
      rep: `rep-${dice.int(1, 6)}`,
      clock: firstDay + dice.int(0, cohort.until) * dayMs + dice.int(6 * hourMs, 19 * hourMs),
      story: undefined,
      arrivals: [],
    };
    cohort.tells(journey);
    return journey;
  });
};

/** The entries of the sample, as the stream brings them. */
export const makeSample = (): SampleEvent[] => {
  const dice = createDice(createRandom(seed));
  const told = journeysOf(dice)
    .flatMap(({ arrivals }) => arrivals)
    .filter(({ at }) => at < end)
    .sort((a, b) => a.at - b.at);
  return [...told, ...brokenOnes(dice, told), ...repeatedOnes(dice, told)]
    .sort((a, b) => a.at - b.at)
    .map(({ entry }) => entry);
};
