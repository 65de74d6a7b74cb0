import type * as z from 'zod';
import type { FactValue } from '../../../events/index.ts';
import type { Cut } from '../candidates/number-classes.ts';
import type { Plain, ZodParts } from '../document/plain.ts';
import type { Truth } from '../truth.ts';

/** A value that is known. */
export type KnownValue = NonNullable<FactValue>;

/** The kinds of values that an operator can test. */
export type ValueKind = 'text' | 'number' | 'yesNo' | 'list';

/**
 * A part of a text, or an entry of a list, that an operator looks for. Upper and lower case are ignored. A word is
 * looked for with nothing but blanks and signs around it, in a text or in an entry.
 */
export interface Fragment {
  readonly text: string;
  readonly where: 'anywhere' | 'start' | 'end' | 'word';
}

/**
 * The values between which an operator distinguishes. The deep check and the advice try one value of each class that
 * these make, so they have to be complete, or to say by `examples` that they are not.
 */
export interface Distinctions {
  /** The numbers at which, or just after which, the result changes. */
  readonly cuts?: readonly Cut[];
  /** Values that are compared as a whole; a model that describes the value must contain them. */
  readonly literals?: readonly Plain[];
  readonly fragments?: readonly Fragment[];
  /**
   * Some values that pass and some that don't, for an operator whose classes are too many to list. The deep check then
   * gives the benefit of the doubt, and the advice tries these values only.
   */
  readonly examples?: readonly Plain[];
}

/**
 * All that the schema, the evaluator, the checks, the candidates and the tests need to know of an operator. Methods, so
 * that a record of operators with different operands has one type.
 */
export interface OperatorDefinition<Operand = unknown> {
  /**
   * Returns the schema of the operand. Takes zod, so that the evaluator, which reads no documents, is bundled without.
   */
  schema(zod: ZodParts): z.ZodType<Operand, Operand>;
  /** The description in the JSON Schema. */
  readonly description: string;
  /** The kinds of values that it can test; on any other it would always or never hold. */
  readonly fits: readonly ValueKind[];
  /** Returns the test of a known value. Called once for each model, so that work on the operand is done once. */
  holds(operand: Operand): (value: KnownValue) => boolean;
  /** Returns the result for a value that is not known; unknown if left out. */
  missing?(operand: Operand): Truth;
  distinguishes(operand: Operand): Distinctions;
  /** Returns operands that distinguish between the given values, for property tests. */
  samples(values: readonly Plain[]): readonly Operand[];
}

/** Returns the cut at a number: the number itself belongs to the class above it. */
export const cutAt = (at: number): Cut => ({ at, after: false });

/** Returns the cut just after a number: the number itself belongs to the class below it. */
export const cutAfter = (at: number): Cut => ({ at, after: true });
