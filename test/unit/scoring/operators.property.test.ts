import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  type Distinctions,
  type OperatorDefinition,
  operators,
  type Plain,
  type ValueKind,
} from '../../../shared/scoring/operators/index.ts';
import { seeded } from '../../support/seed.ts';

const numbers = [-1, 0, 0.5, 3, 7, 12, 1e9];
const texts = ['head of sales', 'Head', 'heads', 'vp', 'sales', 'Sales-VP'];
/** Numbers, and yes and no, as producers of text write them. */
const asText = ['7', '+7', '0.50', '-1', 'true', 'FALSE'];
const pool: readonly Plain[] = [...numbers, ...texts, ...asText, true, false];

const valuesOf: Readonly<Record<ValueKind, fc.Arbitrary<Plain | string[]>>> = {
  number: fc.oneof(fc.constantFrom(...numbers), fc.double({ noNaN: true, noDefaultInfinity: true })),
  text: fc.oneof(
    fc.constantFrom(...texts),
    fc.array(fc.constantFrom(...texts)).map((all) => all.join(' ')),
  ),
  yesNo: fc.boolean(),
  list: fc.subarray(texts),
};
const kinds = Object.keys(valuesOf) as ValueKind[];

/** Values of a kind, also as texts that count as such. */
const spelt = (kind: ValueKind): fc.Arbitrary<Plain | string[]> => {
  const isOfKind = (text: string) => (kind === 'number') === Number.isFinite(Number(text));
  return kind === 'number' || kind === 'yesNo'
    ? fc.oneof(valuesOf[kind], fc.constantFrom(...asText.filter(isOfKind)))
    : valuesOf[kind];
};

/** Whether a text has a word; the texts here have no letters but those of ASCII. */
const hasWord = (text: string, word: string): boolean => {
  const parted = (given: string) =>
    ` ${given
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, ' ')
      .trim()} `;
  return parted(text).includes(parted(word));
};

/** Whether a value is the literal: a text in any case, or a number that is written in the plainest way. */
const equals = (literal: Plain, value: Plain | string[]): boolean => {
  if (Array.isArray(value)) return false;
  const text = String(literal).toLowerCase();
  return text === String(Number(text))
    ? Number(value) === Number(text)
    : String(value).toLowerCase() === text;
};

/** Returns the class of a value by the distinctions of an operator; two values of one class must have the same result. */
const findClass = (
  { cuts = [], literals = [], fragments = [] }: Distinctions,
  value: Plain | string[],
): string => {
  const isAbove = (cut: { at: number; after: boolean }) =>
    !Array.isArray(value) && (cut.after ? Number(value) > cut.at : Number(value) >= cut.at);
  const has = (part: string, where: string): boolean => {
    if (Array.isArray(value)) {
      return value.some((entry) => (where === 'word' ? hasWord(entry, part) : entry.toLowerCase() === part));
    }
    if (where === 'word') return hasWord(String(value), part);
    const text = String(value).toLowerCase();
    if (where === 'start') return text.startsWith(part);
    return where === 'end' ? text.endsWith(part) : text.includes(part);
  };
  return JSON.stringify([
    cuts.map(isAbove),
    literals.map((literal) => equals(literal, value)),
    fragments.map(({ text, where }) => has(text.toLowerCase(), where)),
  ]);
};

describe.each(Object.entries<OperatorDefinition>(operators))('the operator %s', (_, operator) => {
  const samples = operator.samples(pool);

  it('has samples, each of which the schema takes', () => {
    expect(samples.length).toBeGreaterThan(1);
    expect(samples.filter((sample) => !operator.schema(z).safeParse(sample).success)).toEqual([]);
  });

  it('gives values of one class the same result', () => {
    const given = fc
      .constantFrom(...operator.fits)
      .chain((kind) => fc.tuple(fc.constantFrom(...samples), spelt(kind), spelt(kind)));
    let alike = 0;
    fc.assert(
      fc.property(given, ([operand, a, b]) => {
        const distinctions = operator.distinguishes(operand);
        if (distinctions.examples !== undefined || findClass(distinctions, a) !== findClass(distinctions, b))
          return;
        alike++;
        const holds = operator.holds(operand);
        expect(holds(a)).toBe(holds(b));
      }),
      { ...seeded(), numRuns: 500 },
    );
    expect(alike).toBeGreaterThan(0);
  });

  const unfit = kinds.filter((kind) => !operator.fits.includes(kind));
  it.each(unfit)('can’t distinguish values of kind %s, which it does not fit', (kind) => {
    fc.assert(
      fc.property(fc.constantFrom(...samples), valuesOf[kind], valuesOf[kind], (operand, a, b) => {
        const holds = operator.holds(operand);
        expect(holds(a)).toBe(holds(b));
      }),
      { ...seeded(), numRuns: 50 },
    );
  });
});

describe('the definition of an operator', () => {
  it('does not compile without the values that it distinguishes', () => {
    const { distinguishes: _, ...incomplete } = operators.atLeast;
    // @ts-expect-error the checks, the candidates and the advice would not know which values matter
    const definition: OperatorDefinition<number> = incomplete;
    expect(definition.distinguishes).toBeUndefined();
  });
});
