import type { Problem } from '../../events/index.ts';

/** The parts of a record, which is a row of a CSV file or a payload, as a mapping reads it. */

export type Report = (problem: Problem) => void;

/** Reads something of a record. Returns `undefined` if it isn't there, or wrong and reported. */
export type Read<R, T> = (record: R, report: Report) => T | undefined;

export type Scalar = string | number | boolean;

/** A value as a record has it: of a row always a text. An empty one is `undefined`. */
export type Given = Scalar | readonly string[] | undefined;

/** A place in records that a mapping names: a column of rows, or a path in payloads. */
export interface Field<R> {
  /** The column or the path as the mapping writes it. */
  readonly name: string;
  /** A description of a place where nothing is, for people. */
  readonly empty: string;
  /** Returns whether something is there, right or wrong. */
  isFilled(record: R, report: Report): boolean;
  /** Reads the value. A text has no white space around it. */
  readonly read: Read<R, Exclude<Given, undefined>>;
  /** Returns the value as texts to be compared: several if it is a list, an empty one if there is nothing. */
  listTexts(record: R, report: Report): readonly string[];
}

/**
 * Finds the field of a name.
 *
 * @param where the part of the mapping that names it
 */
export type FindField<F> = (name: string, where: string) => F;
