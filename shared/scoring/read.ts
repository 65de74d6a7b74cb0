import { readAnswering } from './compile/answering.ts';
import { readBant } from './compile/bant.ts';
import { findLane } from './compile/lanes.ts';
import type { ScoringModel } from './compile/model.ts';
import { readSlide } from './compile/slide.ts';
import { computeDay, computeHour, type Facts } from './facts.ts';
import { type Findings, type Reading, type Truth, unknown, yes } from './reading.ts';

const noFindings = (): Findings => ({
  slide: [],
  slideOpen: [],
  slideParts: 0,
  demoReady: unknown,
  lane: undefined,
  answered: 0,
  short: 0,
  long: 0,
  specific: 0,
  contradictory: 0,
});

/** Shared by all models without slide, lanes and answering; nothing writes into it. */
const nothing: Findings = Object.freeze(noFindings());

/** Returns a reading for which nothing has been computed yet. */
export const blankReading = (facts: Facts, at: number): Reading => ({
  facts,
  today: computeDay(at),
  hour: computeHour(at),
  bant: [unknown, unknown, unknown, unknown],
  bantMet: unknown,
  found: nothing,
});

/** Computes the sections that conditions may read. */
const find = (model: ScoringModel, reading: Reading): void => {
  reading.found = noFindings();
  if (model.slide !== undefined) readSlide(model.slide, reading);
  if (model.lanes !== undefined) reading.found.lane = findLane(model.lanes, reading);
  if (model.answering !== undefined) readAnswering(model.answering, reading);
};

/**
 * Reads the facts once for the instant `at`. The sections that conditions may read are computed first: BANT, the slide,
 * the lane, how the lead answers.
 */
export const read = (model: ScoringModel, facts: Facts, at: number): Reading => {
  const reading = blankReading(facts, at);
  if (model.bant !== undefined) reading.bantMet = readBant(model.bant, reading);
  if (model.finds) find(model, reading);
  return reading;
};

export interface Situation {
  /** The id of the lead's lane; undefined if it is in none, or its lane isn't known. */
  readonly lane: string | undefined;
  /** Undefined if the model has no slide, or it isn't known yet. */
  readonly demoReady: boolean | undefined;
  /** Undefined if the model has no BANT, or it isn't known yet. */
  readonly bantMet: boolean | undefined;
}

const known = (truth: Truth): boolean | undefined => (truth === unknown ? undefined : truth === yes);

export const readSituation = (reading: Reading): Situation => ({
  lane: reading.found.lane?.id,
  demoReady: known(reading.found.demoReady),
  bantMet: known(reading.bantMet),
});

/** Returns what the facts make of a lead beside its score, at the instant `at` in milliseconds since 1970. */
export const computeSituation = (model: ScoringModel, facts: Facts, at: number): Situation =>
  readSituation(read(model, facts, at));
