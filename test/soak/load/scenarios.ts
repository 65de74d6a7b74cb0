import { dayMs, hourMs } from '../../../events/index.ts';
import { createDice, createRandom, type Dice } from '../../../scripts/sample/dice.ts';
import type { SampleEvent } from '../../../scripts/sample/entry.ts';
import type { Journey } from '../../../scripts/sample/journey.ts';
import type { Fit } from '../../../scripts/sample/profiles.ts';
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
} from '../../../scripts/sample/scenarios.ts';

/** The first day: long enough ago that no scenario reaches the present, where events would lie in the future. */
const firstDay = Date.parse('2024-01-01T00:00:00.000Z');

/** The scenarios of leads. Longer ones are listed more often than they occur in real life: they make more work. */
const scenarios = [
  subscriber,
  reader,
  leaver,
  prospect,
  buyer,
  buyer,
  lostDeal,
  openDeal,
  rejected,
  noPersona,
  noAuthority,
  noProblem,
  fromCrm,
];

const fits: readonly Fit[] = ['good', 'good', 'fair', 'poor'];

/** Creates dice for each lead, so that a change to one lead does not change another. */
export const createSeededDice = (seed: number, number: number): Dice =>
  createDice(createRandom((seed ^ Math.imul(number, 0x9e3779b1)) | 0));

export const beginJourney = (dice: Dice, leadId: string): Journey => ({
  leadId,
  dice,
  fit: dice.pick(fits),
  rep: `rep-${dice.int(1, 6)}`,
  clock: firstDay + dice.int(0, 400) * dayMs + dice.int(6 * hourMs, 19 * hourMs),
  correlationId: undefined,
  arrivals: [],
});

/** Returns the events of a lead from its first day on, in the order of arrival, which is not always that of time. */
export const drawScenario = (dice: Dice, leadId: string): SampleEvent[] => {
  const journey = beginJourney(dice, leadId);
  dice.pick(scenarios)(journey);
  return journey.arrivals.sort((a, b) => a.at - b.at).map(({ entry }) => entry);
};
