import { dayMs, hourMs } from '../../events/index.ts';
import { createDice, createRandom, type Dice } from './dice.ts';
import type { SampleEvent } from './entry.ts';
import { brokenArrivals, repeatedArrivals } from './faults.ts';
import type { Journey } from './journey.ts';
import { drawLeadId, type Fit } from './profiles.ts';
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
} from './scenarios.ts';

const seed = 20_260_202;
const firstDay = Date.parse('2026-02-02T00:00:00.000Z');
const end = Date.parse('2026-05-30T00:00:00.000Z');

interface Cohort {
  readonly play: (journey: Journey) => void;
  readonly leads: number;
  readonly fits: readonly Fit[];
  /** The last day, counted from the first, on which one of them appears: long scenarios begin early. */
  readonly until: number;
}

/** The cohorts of leads by scenario. Events after the last day are left out, since they have not happened yet. */
const cohorts: readonly Cohort[] = [
  { play: subscriber, leads: 62, fits: ['fair'], until: 100 },
  { play: reader, leads: 82, fits: ['good', 'fair', 'fair', 'poor', 'poor'], until: 108 },
  { play: leaver, leads: 18, fits: ['fair', 'poor'], until: 80 },
  { play: prospect, leads: 44, fits: ['good', 'fair', 'fair', 'poor', 'poor'], until: 108 },
  { play: buyer, leads: 34, fits: ['good', 'good', 'good', 'fair', 'poor'], until: 45 },
  { play: lostDeal, leads: 24, fits: ['good', 'fair', 'fair', 'poor'], until: 60 },
  { play: openDeal, leads: 20, fits: ['good', 'good', 'fair'], until: 95 },
  { play: rejected, leads: 22, fits: ['fair', 'fair', 'good', 'poor'], until: 75 },
  { play: noPersona, leads: 10, fits: ['poor'], until: 90 },
  { play: noAuthority, leads: 9, fits: ['fair'], until: 80 },
  { play: noProblem, leads: 9, fits: ['fair', 'poor'], until: 80 },
  { play: fromCrm, leads: 10, fits: ['good', 'fair'], until: 85 },
];

const createJourneys = (dice: Dice): Journey[] => {
  const parts = cohorts.flatMap((cohort) => Array.from({ length: cohort.leads }, () => cohort));
  // Shuffled, so that a lead's number doesn't reveal how its scenario ends.
  const order = parts.map((cohort) => ({ cohort, rank: dice.random() })).sort((a, b) => a.rank - b.rank);
  return order.map(({ cohort }, i) => {
    const journey: Journey = {
      leadId: drawLeadId(dice, i + 1),
      dice,
      fit: dice.pick(cohort.fits),
      rep: `rep-${dice.int(1, 6)}`,
      clock: firstDay + dice.int(0, cohort.until) * dayMs + dice.int(6 * hourMs, 19 * hourMs),
      correlationId: undefined,
      arrivals: [],
    };
    cohort.play(journey);
    return journey;
  });
};

/** Returns the events of the sample in the order in which the stream brings them. */
export const makeSample = (): SampleEvent[] => {
  const dice = createDice(createRandom(seed));
  const arrivals = createJourneys(dice)
    .flatMap((journey) => journey.arrivals)
    .filter(({ at }) => at < end)
    .sort((a, b) => a.at - b.at);
  return [...arrivals, ...brokenArrivals(dice, arrivals), ...repeatedArrivals(dice, arrivals)]
    .sort((a, b) => a.at - b.at)
    .map(({ entry }) => entry);
};
