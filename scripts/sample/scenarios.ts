import { answer, bantAnswers, formAnswers, situationAnswers, successAnswers, wordings } from './answers.ts';
import type { Dice } from './dice.ts';
import {
  answered,
  did,
  download,
  ended,
  enrich,
  fillForm,
  type Journey,
  later,
  opened,
  read,
  send,
  stated,
  verdict,
} from './journey.ts';

/** Reads, leaves a profile in exchange for content, and so becomes a lead. */
const becomeLead = (journey: Journey) => {
  read(journey);
  later(journey, 1, 9);
  download(journey);
  fillForm(journey);
};

/** Looks at prices, then books a demo or starts a trial. */
const askForDemo = (journey: Journey) => {
  const { dice, fit } = journey;
  journey.correlationId = `visit-${dice.hex()}`;
  if (dice.chance(fit === 'poor' ? 0.1 : 0.55)) did(journey, 'marketing.web', 'pricing_page_visited');
  if (dice.chance(0.5)) did(journey, 'marketing.web', 'page_visited', { count: dice.int(1, 5) });
  if (dice.chance(0.3)) did(journey, 'product', 'trial_started', { properties: { plan: 'trial-14' } });
  else did(journey, 'marketing.web', 'demo_requested', { properties: { page: '/demo' } });
  send(journey, 'marketing.web', 'LeadAnswersRecorded', { answers: formAnswers(dice, fit) });
  journey.correlationId = undefined;
  if (dice.chance(0.7)) enrich(journey);
};

const useTrial = (journey: Journey) => {
  for (let visits = journey.dice.int(1, 2); visits > 0; visits--) {
    did(journey, 'product', 'feature_used', { count: journey.dice.int(1, 25) });
    later(journey, 1, 4);
  }
};

const acceptBySales = (journey: Journey) => {
  later(journey, 0, 2);
  journey.correlationId = `deal-${journey.dice.hex()}`;
  verdict(journey, 'HandoffAccepted');
  later(journey, 1, 4);
  answered(journey, bantAnswers(journey.dice, journey.fit));
};

/** Holds a discovery call, then a demo, then perhaps a proof of concept: each step costs more than the one before. */
const discover = (journey: Journey) => {
  later(journey, 2, 7);
  did(journey, 'sales.desk', 'discovery_call_held');
  const situation = situationAnswers(journey.dice, journey.fit);
  if (Object.keys(situation).length > 0) answered(journey, situation);
  later(journey, 1, 4);
  did(journey, 'sales.desk', 'demo_held', { properties: { minutes: journey.dice.pick([30, 45, 60]) } });
  answered(journey, successAnswers(journey.dice, journey.fit));
  if (journey.dice.chance(0.85)) stated(journey, 'opportunity', 'Discovery call held');
  if (journey.dice.chance(0.35)) did(journey, 'sales.desk', 'in_depth_demo_held');
  if (journey.dice.chance(0.25)) did(journey, 'sales.desk', 'proof_of_concept_started');
};

const drawAmount = ({ int }: Dice): number => int(4, 60) * 1_000;

/** A lead that opens e-mails and seldom does more. */
export const subscriber = (journey: Journey) => {
  for (let mails = journey.dice.int(1, 5); mails > 0; mails--) {
    opened(journey);
    if (journey.dice.chance(0.15)) did(journey, 'marketing.email', 'email_clicked');
    later(journey, 4, 16);
  }
};

export const reader = (journey: Journey) => {
  becomeLead(journey);
  for (let times = journey.dice.int(0, 2); times > 0; times--) {
    later(journey, 3, 14);
    if (journey.dice.chance(0.25)) download(journey);
    else read(journey);
  }
  if (journey.dice.chance(0.4)) enrich(journey);
};

export const leaver = (journey: Journey) => {
  (journey.dice.chance(0.5) ? reader : subscriber)(journey);
  later(journey, 1, 20);
  did(journey, 'marketing.email', 'unsubscribed', {
    ...(journey.dice.chance(0.4) && { properties: { reason: 'too many mails' } }),
  });
};

/** A lead that asked for a demo or a trial and is still in nurture. */
export const prospect = (journey: Journey) => {
  if (journey.dice.chance(0.5)) {
    becomeLead(journey);
    later(journey, 2, 15);
  } else fillForm(journey);
  askForDemo(journey);
  if (journey.dice.chance(0.25)) useTrial(journey);
  later(journey, 2, 12);
  if (journey.dice.chance(0.35)) read(journey);
};

const aftermath = (journey: Journey) => {
  const { dice, fit } = journey;
  later(journey, 14, 30);
  did(journey, 'product', 'feature_used', { count: dice.int(3, 60) });
  if (fit === 'good' && dice.chance(0.4)) ended(journey, 'referenced');
  later(journey, 12, 30);
  if (fit === 'good' && dice.chance(0.5)) ended(journey, 'expanded', { amount: dice.int(1, 12) * 1_000 });
  later(journey, 8, 25);
  if (dice.chance({ good: 0.1, fair: 0.3, poor: 0.7 }[fit])) did(journey, 'product', 'support_escalated');
  if (dice.chance(fit === 'good' ? 0.1 : 0.5)) ended(journey, 'churned', { reason: 'Never went live' });
  else if (dice.chance(0.7)) ended(journey, 'renewed', { amount: drawAmount(dice) });
};

export const buyer = (journey: Journey) => {
  prospect(journey);
  acceptBySales(journey);
  discover(journey);
  later(journey, 4, 14);
  // A sales conversation corrects the attributes from a form.
  if (journey.dice.chance(0.4)) enrich(journey);
  later(journey, 3, 14);
  ended(journey, 'won', { amount: drawAmount(journey.dice) });
  aftermath(journey);
};

export const lostDeal = (journey: Journey) => {
  prospect(journey);
  acceptBySales(journey);
  if (journey.dice.chance(0.7)) discover(journey);
  if (journey.dice.chance(0.3)) {
    later(journey, 2, 10);
    stated(journey, 'mql', 'Project put off');
  }
  later(journey, 5, 20);
  ended(journey, 'lost', {
    reason: journey.dice.pick(['Chose another product', 'No decision', 'Budget cut', 'Too small a team']),
  });
};

/** A lead that sales is working on when the stream ends. */
export const openDeal = (journey: Journey) => {
  prospect(journey);
  acceptBySales(journey);
  if (journey.dice.chance(0.6)) discover(journey);
};

export const rejected = (journey: Journey) => {
  prospect(journey);
  later(journey, 0, 2);
  verdict(
    journey,
    'HandoffRejected',
    journey.dice.pick(['No project this year', 'Could not be reached', 'Wants the free plan only']),
  );
  later(journey, 5, 20);
  if (journey.dice.chance(0.6)) read(journey);
  // Some come back on their own.
  if (journey.dice.chance(0.3)) {
    later(journey, 10, 30);
    askForDemo(journey);
  }
};

export const noPersona = (journey: Journey) => {
  becomeLead(journey);
  later(journey, 1, 5);
  send(journey, 'crm', 'LeadProfileUpdated', { attributes: { persona: 'none' } });
  later(journey, 3, 20);
  if (journey.dice.chance(0.5)) read(journey);
};

export const noAuthority = (journey: Journey) => {
  prospect(journey);
  later(journey, 1, 3);
  answered(journey, {
    authority: answer(journey.dice, 'none', wordings.authority.none),
    knowsDecider: answer(journey.dice, false),
  });
  if (!journey.dice.chance(0.6)) return;
  // At first the lead has no access to the person who decides; later it has.
  later(journey, 10, 25);
  answered(journey, { knowsDecider: answer(journey.dice, true) });
};

export const noProblem = (journey: Journey) => {
  prospect(journey);
  later(journey, 1, 3);
  answered(journey, { need: answer(journey.dice, 'none', wordings.need.none) });
  if (!journey.dice.chance(0.6)) return;
  later(journey, 10, 30);
  answered(journey, {
    need: answer(journey.dice, 'important', wordings.need.important),
    problemFitPercent: answer(journey.dice, journey.dice.int(60, 85)),
  });
};

/** A lead that the CRM knew before marketing did; its stages skip. */
export const fromCrm = (journey: Journey) => {
  stated(journey, journey.dice.pick(['lead', 'sql']), 'Met at a fair');
  enrich(journey);
  fillForm(journey);
  later(journey, 3, 12);
  answered(journey, bantAnswers(journey.dice, journey.fit));
  later(journey, 4, 15);
  stated(journey, 'opportunity');
  if (journey.dice.chance(0.3)) {
    later(journey, 5, 20);
    stated(journey, 'lead', 'Contact left the company');
    send(journey, 'crm', 'LeadProfileUpdated', { attributes: { jobTitle: null, seniority: null } });
  }
};
