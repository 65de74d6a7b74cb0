import type { Dice } from '../../../scripts/sample/dice.ts';
import { did, fillForm, type Journey } from '../../../scripts/sample/journey.ts';
import type { Offer } from './offer.ts';
import { beginJourney, createSeededDice } from './scenarios.ts';

/** The number of hot leads: so few that two functions work on one lead at the same time. */
const hotLeads = 5;

const activities = ['page_visited', 'email_opened', 'email_clicked', 'feature_used'];

const happen = (journey: Journey): void => {
  if (journey.dice.chance(0.1)) fillForm(journey);
  else did(journey, 'product', journey.dice.pick(activities));
};

/** Creates the leads that never come to rest, such as a whole company that shares one address. */
export const createHotLeads = (seed: number) => {
  const journeys = Array.from({ length: hotLeads }, (_, i) =>
    beginJourney(createSeededDice(seed, -1 - i), `hot-${i + 1}`),
  );
  return {
    next(dice: Dice): Offer {
      const journey = dice.pick(journeys);
      happen(journey);
      const [arrival] = journey.arrivals.splice(0);
      if (arrival === undefined) throw new Error(`nothing happened to ${journey.leadId}`);
      return { entry: arrival.entry, fate: 'recorded' };
    },
  };
};
