import type { FactValue } from '../../../events/index.ts';
import { fullWeight } from '../decay/weights.ts';
import type { AnswerFlag } from '../document/answer-flags.ts';
import { no, type Reading, type Test, yes } from '../reading.ts';
import { readNumber } from '../values/read-plain.ts';
import { type CompiledDecay, computeLeft } from './decay.ts';
import type { ReadValue } from './fact-layout.ts';

/** The details that a model gives beside the points of a band, or of a value in a table. */
export interface Details {
  readonly text?: string | undefined;
  readonly successPercent?: number | undefined;
  readonly churnPercent?: number | undefined;
  /** Whether the percentages are made up as an example. */
  readonly example?: boolean | undefined;
}

export interface Band extends Details {
  readonly from: number;
  readonly points: number;
}

/** An entry of a table: points for a value, and what the model says of it. */
export interface TableEntry extends Details {
  readonly points: number;
}

/** The bounds of the points that counts sum to. */
interface Limits {
  readonly least: number;
  readonly most: number;
}

/** The kinds of rules by which a criterion gives points. */
export type Rule =
  | { readonly kind: 'condition'; readonly test: Test; readonly points: number }
  | {
      readonly kind: 'bands';
      readonly readValue: ReadValue;
      /** The bands, the highest first. */
      readonly bands: readonly Band[];
    }
  | {
      readonly kind: 'table';
      readonly readValue: ReadValue;
      /** The entries in the order of the document. */
      readonly entries: readonly TableEntry[];
      /** Finds the entry of a value; undefined for one that the table lacks, and for every list. */
      readonly findEntry: (value: NonNullable<FactValue>) => TableEntry | undefined;
      readonly otherwise: number;
    }
  | ({
      readonly kind: 'each';
      readonly count: (reading: Reading) => number;
      /** Whether days are counted instead of times. */
      readonly perDay: boolean;
      readonly points: number;
    } & Limits)
  | ({ readonly kind: 'eachAnswer'; readonly flag: AnswerFlag; readonly points: number } & Limits);

/** Returns the band that a value is in; undefined if it is below all bands, or no number. */
export const findBand = (bands: readonly Band[], value: FactValue | undefined): Band | undefined => {
  const number = readNumber(value);
  return number === undefined ? undefined : bands.find(({ from }) => number >= from);
};

const limit = ({ least, most }: Limits, points: number): number => Math.max(least, Math.min(most, points));

/** Returns the points that a rule gives before any decay; undefined if what it reads is not known. */
export const computeFullPoints = (rule: Rule, reading: Reading): number | undefined => {
  switch (rule.kind) {
    case 'condition': {
      const truth = rule.test(reading);
      if (truth === yes) return rule.points;
      return truth === no ? 0 : undefined;
    }
    case 'bands': {
      const value = rule.readValue(reading);
      if (value === undefined || value === null) return undefined;
      return findBand(rule.bands, value)?.points ?? 0;
    }
    case 'table': {
      const value = rule.readValue(reading);
      if (value === undefined || value === null) return undefined;
      return rule.findEntry(value)?.points ?? rule.otherwise;
    }
    case 'each':
      return limit(rule, rule.count(reading) * rule.points);
    case 'eachAnswer': {
      const { found } = reading;
      if (rule.flag !== 'contradictory' && found.answered === 0) return undefined;
      return limit(rule, found[rule.flag] * rule.points);
    }
    default:
      return rule satisfies never;
  }
};

/** Returns the points that a rule gives with decay. */
const computeDecayed = (rule: Rule, decay: CompiledDecay, reading: Reading): number | undefined => {
  if (decay.kind === 'days' && rule.kind === 'each') {
    return limit(rule, (rule.points * decay.sumWeights(reading)) / fullWeight);
  }
  const full = computeFullPoints(rule, reading);
  return full === undefined || decay.kind === 'days'
    ? full
    : computeLeft(full, decay.weights, decay.findLatestHour(reading), reading.hour);
};

/** Returns the points that a criterion gives; undefined if what it reads is not known. */
export const computePoints = (
  { rule, decay }: { readonly rule: Rule; readonly decay: CompiledDecay | undefined },
  reading: Reading,
): number | undefined =>
  decay === undefined ? computeFullPoints(rule, reading) : computeDecayed(rule, decay, reading);
