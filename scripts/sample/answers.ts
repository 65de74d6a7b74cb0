import type { Dice } from './dice.ts';
import type { Data } from './entry.ts';
import type { Fit } from './profiles.ts';

export const wordings = {
  need: {
    critical: [
      'We lose about two days each month matching lists by hand, and last quarter three hot enquiries were never called back.',
      'Our board asked for a plan by summer: a third of what marketing hands over is turned away by sales without a look.',
      'Since the second office opened nobody knows which enquiry is whose. We measured it: four of ten wait more than a week.',
    ],
    important: [
      'The hand-over between the two teams is slow and we would like to see why.',
      'We compare scores in a spreadsheet. It works, but only one colleague understands it.',
      'Our campaigns bring many names, few of them worth a call.',
    ],
    none: ['Just looking.', 'For a paper I write.', 'No need right now.'],
  },
  budget: {
    approved: [
      'Set aside for this quarter.',
      'Signed off in January, up to the amount that we talked about.',
    ],
    planned: [
      'It is in the plan for the second half of the year.',
      'We would move it from the events budget.',
    ],
    none: ['Not this year.'],
  },
  authority: {
    decides: ['I sign it.', 'My call, together with finance for the contract.'],
    influences: ['I prepare the choice, our director signs.'],
    'sent-by-decider': ['Our managing director asked me to look at three tools and come back with one.'],
    none: ['I am only collecting material.'],
  },
} as const;

export const answer = (dice: Dice, value: unknown, texts: readonly string[] = []): Data => ({
  value,
  ...(texts.length > 0 && dice.chance(0.6) && { text: dice.pick(texts) }),
});

/** Answers for the situation slide, good and poor ones. */
const situation = {
  criticalBusinessIssue: {
    well: [
      'Growth has stalled for two quarters, and the board wants a plan by June.',
      'We promised our investors a third more revenue with the same team this year.',
    ],
    poorly: ['Growth.', 'Be faster.'],
  },
  problemsAndReasons: {
    well: [
      'Sales calls leads that are not ready, since nobody can see why a score is what it is.',
      'Three tools count the same visit, so hot leads and robots look alike to us.',
    ],
    poorly: ['The tools.', 'Too many lists.'],
  },
  specificCapabilities: {
    well: [
      'See for each lead why it is where it is, and change the rules ourselves.',
      'Get the right leads to the right person within the hour, without lists.',
    ],
    poorly: ['Scoring.', 'Dashboards, mostly.'],
  },
  delta: {
    well: [
      'Two days a week of five people, about 90,000 a year.',
      'Half of 400 missed calls a month; each deal is worth 12,000.',
    ],
    poorly: ['A lot.', 'Hard to say.'],
  },
  criticalDate: {
    well: ['By 1 July, when the new region opens.', 'Before the fair on 14 September.'],
    poorly: ['Soon.', 'Next year, perhaps.'],
  },
  valueRealizationEvent: {
    well: [
      'The first week in which sales sends back fewer than one in ten leads.',
      'The first month without a single spreadsheet in the Monday meeting.',
    ],
    poorly: ['It runs.', 'People like it.'],
  },
} as const;

/** Draws the answers of a discovery call; a lead that fits knows more and answers better. */
export const situationAnswers = (dice: Dice, fit: Fit): Data => {
  const known = { good: 0.95, fair: 0.7, poor: 0.4 }[fit];
  const well = { good: 0.9, fair: 0.5, poor: 0.15 }[fit];
  return Object.fromEntries(
    Object.entries(situation).flatMap(([question, texts]) =>
      dice.chance(known)
        ? [[question, { value: 'said', text: dice.pick(dice.chance(well) ? texts.well : texts.poorly) }]]
        : [],
    ),
  );
};

/** Draws the answers to a demo or trial form. */
export const formAnswers = (dice: Dice, fit: Fit): Data => {
  const need = fit === 'poor' ? 'important' : dice.pick(['critical', 'important'] as const);
  const months = { good: dice.int(0, 4), fair: dice.int(2, 9), poor: dice.int(8, 18) }[fit];
  return { need: answer(dice, need, wordings.need[need]), timeframeMonths: answer(dice, months) };
};

/** Draws the BANT answers of a sales conversation. */
export const bantAnswers = (dice: Dice, fit: Fit): Data => {
  const budget = dice.pick(
    fit === 'good' ? (['approved', 'planned'] as const) : (['planned', 'none', 'planned'] as const),
  );
  const authority = dice.pick(
    fit === 'good' ? (['decides', 'influences'] as const) : (['influences', 'sent-by-decider'] as const),
  );
  return {
    budget: answer(dice, budget, wordings.budget[budget]),
    authority: answer(dice, authority, wordings.authority[authority]),
    ...(authority === 'sent-by-decider' && { knowsDecider: answer(dice, true) }),
  };
};

/** Draws the answers that show whether the lead would succeed as a customer. */
export const successAnswers = (dice: Dice, fit: Fit): Data => ({
  problemFitPercent: answer(
    dice,
    { good: dice.int(80, 97), fair: dice.int(62, 84), poor: dice.int(25, 60) }[fit],
  ),
  culture: answer(
    dice,
    dice.pick(
      {
        good: ['technology-adopter', 'early-majority', 'innovator'],
        fair: ['early-majority', 'late-majority'],
        poor: ['late-majority', 'laggard'],
      }[fit],
    ),
  ),
  buyingTeamSize: answer(dice, { good: dice.int(1, 6), fair: dice.int(3, 9), poor: dice.int(6, 14) }[fit]),
  criteriaFitPercent: answer(
    dice,
    { good: dice.int(78, 96), fair: dice.int(58, 86), poor: dice.int(20, 62) }[fit],
  ),
  ...(dice.chance(0.6) && {
    expectedTimeToValueDays: answer(
      dice,
      { good: dice.int(45, 90), fair: dice.int(25, 80), poor: dice.int(3, 30) }[fit],
    ),
  }),
  ...(dice.chance(0.5) && {
    expectedRevenue: answer(
      dice,
      { good: dice.int(24, 60), fair: dice.int(12, 40), poor: dice.int(2, 12) }[fit] * 1_000,
    ),
  }),
  ...(dice.chance(0.3) && {
    similarSoftware: answer(
      dice,
      dice.pick(fit === 'poor' ? ['never', 'without-success'] : ['with-success']),
    ),
  }),
  ...(dice.chance(0.35) && { usedBefore: answer(dice, fit === 'good' && dice.chance(0.6)) }),
  ...(dice.chance(0.4) && { referred: answer(dice, dice.chance(0.5)) }),
  ...(dice.chance(0.4) && { wouldRefer: answer(dice, fit !== 'poor') }),
});
