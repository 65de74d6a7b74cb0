import { dayMs, type FactValue } from '../../events/index.ts';
import type { CalibrationOptions, Row } from '../../shared/calibration/index.ts';
import { noFacts } from '../../shared/scoring/index.ts';

const start = Date.UTC(2026, 0, 1);

export const calibrationOptions: CalibrationOptions = {
  id: 'learnt',
  version: '1',
  title: 'Learnt from outcomes',
  seed: 7,
  horizonDays: 2,
};

/** The numbers 0 to 1 that a linear congruential generator gives: the same ones for each test. */
export const drawFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

export interface LeadGiven {
  readonly attributes?: Readonly<Record<string, FactValue>>;
  readonly answers?: Readonly<Record<string, FactValue>>;
  /** The times that it did things, on the day before the cut. */
  readonly activities?: Readonly<Record<string, number>>;
  readonly outcome: boolean;
}

/** Returns rows of leads that were judged one after the other, twenty a day. */
export const buildRows = (count: number, describe: (i: number) => LeadGiven): Row[] =>
  Array.from({ length: count }, (_, i) => {
    const at = start + Math.floor((i * dayMs) / 20);
    const { attributes = {}, answers = {}, activities = {}, outcome } = describe(i);
    const yesterday = Math.floor(at / dayMs) - 1;
    const dated = <T>(values: Readonly<Record<string, T>>): Record<string, readonly [T, number]> =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value, at]]));
    return {
      leadId: `l-${i}`,
      at,
      stage: 'mql',
      outcome,
      facts: {
        ...noFacts,
        seen: at,
        attributes: dated(attributes),
        answers: dated(answers),
        activities: Object.fromEntries(
          Object.entries(activities).map(([name, times]) => [
            name,
            [times, yesterday * dayMs, [yesterday, times]] as const,
          ]),
        ),
      },
    };
  });

/** Returns rows of leads that succeed by their country, their size and their visits. */
export const buildUsualRows = (count = 2_000): Row[] => {
  const draw = drawFrom(3);
  return buildRows(count, () => {
    const country = ['Germany', 'France', 'Spain'][Math.floor(draw() * 3)] as string;
    const size = Math.floor(draw() * draw() * 500);
    const visits = Math.floor(draw() * 6);
    const knowsSize = draw() < 0.8;
    const odds = -2.5 + (country === 'Germany' ? 1.2 : 0) + size / 150 + visits * 0.3;
    return {
      attributes: { country, ...(knowsSize && { size }), note: `text ${draw()}` },
      answers: { budget: draw() < 0.5 },
      activities: visits > 0 ? { pricing_visited: visits } : {},
      outcome: draw() < 1 / (1 + Math.exp(-odds)),
    };
  });
};
