import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate } from '../../shared/calibration/index.ts';
import { checkModel } from '../../shared/scoring/index.ts';
import { buildRows, calibrationOptions, drawFrom } from '../support/calibration.ts';
import { seeded } from '../support/seed.ts';

/** The ways in which the values of a field come about, from what is hidden of a lead and a draw. */
const kinds = {
  linear: (hidden: number, draw: number) => hidden * 3 + draw,
  heavyTail: (hidden: number, draw: number) => Math.exp(hidden * 8 * draw) - 1,
  mostlyZero: (hidden: number, draw: number) => (draw < 0.7 ? 0 : Math.round(hidden * 1e6) / 100),
  negative: (hidden: number, draw: number) => -1e12 * (hidden + draw),
  tiny: (hidden: number, draw: number) => (hidden + draw) * 1e-9,
  code: (hidden: number, draw: number) => Math.floor((hidden + draw) * 4),
  category: (hidden: number, draw: number) =>
    ['Select', 'a b', 'ÄÖ', 'TRUE', '007', '1.50', 'x'.repeat(250)][Math.floor((hidden + draw) * 3.4)] ??
    'other',
  yesNo: (hidden: number, draw: number) => hidden > draw,
  list: (hidden: number, draw: number) =>
    hidden > draw ? ['newsletter', 'it'] : ['Webinar', 'newsletter', 'a"b\u0001cd'],
  id: (hidden: number, draw: number) => `${hidden}-${draw}`,
  constant: () => 'same',
} as const;
type Kind = keyof typeof kinds;

const field = fc.record({
  kind: fc.constantFrom(...(Object.keys(kinds) as Kind[])),
  /** The share of the leads of which it is known. */
  known: fc.constantFrom(1, 0.9, 0.3, 0.02),
});

const dataSet = fc.record({
  leads: fc.integer({ min: 0, max: 1_200 }),
  seed: fc.nat(),
  rate: fc.constantFrom(0, 0.02, 0.1, 0.5, 0.97, 1),
  strength: fc.constantFrom(0, 1, 4, 50),
  attributes: fc.array(field, { maxLength: 5 }),
  answers: fc.array(field, { maxLength: 2 }),
  activities: fc.nat({ max: 2 }),
});

const listNumbers = (value: unknown): number[] => {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listNumbers) : [];
};

describe('a calibration of any leads', () => {
  it('gives a document in which the check finds nothing, or a reason, and no number that is none', () => {
    fc.assert(
      fc.property(dataSet, ({ leads, seed, rate, strength, attributes, answers, activities }) => {
        const draw = drawFrom(seed);
        const rows = buildRows(leads, () => {
          const hidden = draw();
          const bag = (fields: typeof attributes) =>
            Object.fromEntries(
              fields.flatMap(({ kind, known }, i) =>
                draw() < known ? [[`${kind}_${i}`, kinds[kind](hidden, draw())]] : [],
              ),
            );
          const odds = Math.log((rate + 1e-6) / (1 - rate + 1e-6)) + strength * (hidden - 0.5);
          return {
            attributes: bag(attributes),
            answers: bag(answers),
            activities: Object.fromEntries(
              Array.from(
                { length: activities },
                (_, i) => [`did_${i}`, Math.floor(draw() * hidden * 9)] as const,
              ).filter(([, n]) => n > 0),
            ),
            outcome: draw() < 1 / (1 + Math.exp(-odds)),
          };
        });
        const { document, measured, report } = calibrate(rows, calibrationOptions);
        expect(document === undefined).toBe(measured === undefined);
        expect(document !== undefined || report.reasons.length > 0).toBe(true);
        expect(report.ready).toBe(report.reasons.length === 0);
        for (const built of [document, measured]) {
          if (built === undefined) continue;
          const checked = checkModel(JSON.parse(JSON.stringify(built)));
          expect(checked.ok ? checked.warnings : checked.problems).toEqual([]);
        }
        expect(listNumbers(report).every(Number.isFinite)).toBe(true);
      }),
      { ...seeded(), numRuns: 40 },
    );
  });
});
