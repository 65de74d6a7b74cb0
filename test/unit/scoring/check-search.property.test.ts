import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourMs, stages } from '../../../events/index.ts';
import { compileCondition } from '../../../shared/scoring/compile/condition.ts';
import { createFactLayout } from '../../../shared/scoring/compile/fact-layout.ts';
import { collectNodes } from '../../../shared/scoring/document/walk.ts';
import {
  checkModel,
  compileModel,
  evaluate,
  type ModelDocument,
  modelDocument,
  read,
  type ScoringModel,
} from '../../../shared/scoring/index.ts';
import { type Reading, yes } from '../../../shared/scoring/reading.ts';
import { seeded } from '../../support/seed.ts';
import { wholeDocument } from './check-document.ts';
import { anyCondition, at, plainCondition, randomFacts, simpleCondition } from './check-random.ts';

const leads = fc.sample(randomFacts, { numRuns: 250, seed: 7 });

interface Said {
  readonly path: string;
  readonly words: string;
}

const listSaid = (document: unknown): Said[] => {
  const checked = checkModel(document);
  return [...(checked.ok ? [] : checked.problems), ...checked.warnings].map(({ path, allowed }) => ({
    path,
    words: allowed,
  }));
};

const parseIndex = (path: string): number => Number(/\[(\d+)\]/.exec(path)?.[1]);

interface Trial {
  readonly document: ModelDocument;
  readonly model: ScoringModel;
  readonly readings: readonly Reading[];
}

const buildTrial = (given: unknown): Trial => {
  const document = modelDocument.parse(given);
  const model = compileModel(document);
  return { document, model, readings: leads.map((facts) => read(model, facts, at)) };
};

/** The instants as of which leads are scored: points decay with the time since the facts. */
const instants = [0, 1, 12, 24 * 9, 24 * 40].map((hours) => at + hours * hourMs);

const scoresAbove = (
  { model }: Trial,
  stage: (typeof stages)[number],
  bound: number,
  from: number = at,
): boolean =>
  instants
    .filter((instant) => instant >= from)
    .some((instant) => leads.some((facts) => evaluate(model, facts, stage, instant).score >= bound));

const isDisqualifiedBy = ({ model, document }: Trial, path: string): boolean => {
  const id = document.disqualifiers[parseIndex(path)]?.id;
  return leads.some((facts) => evaluate(model, facts, 'sql', at).disqualifier?.id === id);
};

const testAt = ({ document }: Trial, path: string) => {
  const place = collectNodes(document).find((node) => node.path === path);
  return place && compileCondition(place.condition, createFactLayout(document.questions));
};

/** The trials that refute a finding, by the words of the finding. */
const refutations: readonly (readonly [words: string, refuted: (trial: Trial, said: Said) => boolean])[] = [
  [
    'none meets this one',
    (trial, { path }) => {
      const test = testAt(trial, path);
      return trial.readings.some((lead) => test?.(lead) === yes);
    },
  ],
  [
    'every lead',
    (trial, { path }) => {
      const test = testAt(trial, path);
      return trial.readings.some((lead) => test?.(lead) !== yes);
    },
  ],
  [
    'in no lane before it',
    ({ document, readings }, { path }) => {
      const id = document.lanes?.[parseIndex(path)]?.id;
      return readings.some((lead) => lead.found.lane?.id === id);
    },
  ],
  ['no disqualifier before it', (trial, { path }) => isDisqualifiedBy(trial, path)],
  ['it leaves none', (trial, { path }) => isDisqualifiedBy(trial, path)],
  [
    'no rule before it',
    ({ model, readings }, { path }) =>
      readings.some(
        (lead) => model.policyRules.findIndex(({ when }) => when?.(lead) === yes) === parseIndex(path),
      ),
  ],
  ['pass does not', ({ readings }) => readings.some(({ bant }) => bant[3] === 0)],
  ['complete does not', ({ readings }) => readings.some(({ found }) => found.slide[1] === 'partial')],
  [
    'the best score',
    (trial, { path }) => {
      const bound = trial.document.tiers[path.slice('tiers.'.length) as 'good'];
      return stages.some((stage) => scoresAbove(trial, stage, bound));
    },
  ],
  [
    'the least score',
    (trial, { path }) => {
      const bound = trial.document.tiers[path.slice('tiers.'.length) as 'good'];
      return stages.some((stage) =>
        instants.some((instant) =>
          leads.some((facts) => evaluate(trial.model, facts, stage, instant).score < bound),
        ),
      );
    },
  ],
  [
    'loses this tier',
    (trial, { path }) => {
      const { hysteresis, ...bounds } = trial.document.tiers;
      const least = bounds[path.slice('tiers.'.length) as 'good'] - hysteresis;
      return stages.some((stage) => scoresAbove(trial, stage, least, at + hourMs));
    },
  ],
  [
    'nobody comes to it',
    (trial, { path, words }) => {
      const stage = stages.find((name) => path.endsWith(name)) ?? 'sql';
      return scoresAbove(trial, stage, Number(/^[\d.]+/.exec(words)?.[0]));
    },
  ],
];

/** Holds every finding about random documents against random leads; counts what was found, by what was said. */
const unrefuted = (documents: fc.Arbitrary<unknown>, numRuns: number): Map<string, number> => {
  const found = new Map<string, number>();
  fc.assert(
    fc.property(documents, (document) => {
      const trial = buildTrial(document);
      for (const said of listSaid(document)) {
        const refutation = refutations.find(([words]) => said.words.includes(words));
        if (refutation === undefined) continue;
        const [words, isRefuted] = refutation;
        found.set(words, (found.get(words) ?? 0) + 1);
        expect(isRefuted(trial, said), `${said.path}: ${said.words}`).toBe(false);
      }
    }),
    { ...seeded(), numRuns },
  );
  return found;
};

const three = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: 3, maxLength: 3 });

interface Parts {
  readonly criteria: readonly object[];
  readonly disqualifiers: readonly (readonly [object, object | undefined])[];
  readonly lanes: readonly object[] | undefined;
  readonly rules: readonly object[];
}

/** The whole model with random conditions in the place of its own. */
const withParts = ({ criteria, disqualifiers, lanes, rules }: Parts) => {
  const document = wholeDocument();
  const { interest } = document.dimensions;
  return {
    ...document,
    dimensions: {
      ...document.dimensions,
      interest: {
        ...interest,
        criteria: [
          ...interest.criteria,
          ...criteria.map((when, i) => ({ id: `c${i}`, text: 'x', when, points: 10 })),
        ],
      },
    },
    disqualifiers: disqualifiers.map(([when, unless], i) => ({
      ...{ id: `d${i}`, class: 'persona', text: 'x', when },
      ...(unless !== undefined && { unless }),
    })),
    lanes:
      lanes?.map((when, i) => ({
        ...document.lanes[i % 2],
        ...{ id: ['large', 'small', 'other'][i], kind: i === 1 ? 'core' : 'avoid', when },
      })) ?? document.lanes,
    policy: { rules: rules.map((when) => ({ when, action: { kind: 'none' } })) },
  };
};

const orNot = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const randomConditions = fc
  .record({
    criteria: three(anyCondition),
    disqualifiers: three(fc.tuple(anyCondition, orNot(anyCondition))),
    lanes: orNot(three(plainCondition)),
    rules: three(anyCondition),
    pass: orNot(plainCondition),
    complete: orNot(plainCondition),
  })
  .map(({ pass, complete, ...parts }) => {
    const document = withParts(parts);
    if (pass !== undefined) Object.assign(document.bant.letters.timeframe, { pass });
    if (complete !== undefined) Object.assign(document.slide.parts.criticalBusinessIssue, { complete });
    return document;
  });

const randomRanks = fc
  .record({
    criteria: fc.constant([]),
    disqualifiers: three(fc.tuple(simpleCondition, orNot(simpleCondition))),
    lanes: three(simpleCondition),
    rules: three(simpleCondition),
  })
  .map(withParts);

const points = fc.integer({ min: -40, max: 60 });

const decay = orNot(
  fc.constantFrom({ halfLifeDays: 1 }, { linearDays: 1 }, { linearDays: 30 }, { percent: 50, everyDays: 7 }),
);

const randomPoints = fc
  .record({
    decays: fc.tuple(decay, decay, decay, decay, decay),
    hysteresis: fc.constantFrom(0, 0, 5),
    demo: points,
    each: points.filter((value) => value !== 0),
    table: fc.record({ executive: points, manager: points, other: points }),
    bands: fc.tuple(points, points, points),
    base: fc.nat({ max: 60 }),
    visits: fc.array(fc.tuple(fc.constantFrom(1, 2, 4), fc.constantFrom(1, 7, 30), points), { maxLength: 3 }),
    excellent: fc.constantFrom(60, 80, 97, 100),
  })
  .map(({ demo, each, table, bands, base, visits, excellent, decays, hysteresis }) => {
    const document = wholeDocument();
    const { interest, fit } = document.dimensions;
    Object.assign(interest.criteria[0] as object, { points: demo });
    Object.assign(interest.criteria[1] as object, { points: each });
    Object.assign(fit, { base });
    Object.assign(fit.criteria[0] as object, { table });
    Object.assign(fit.criteria[1] as object, {
      bands: [0, 100, 500].map((from, i) => ({ from, points: bands[i] })),
    });
    const counted = visits.map(([atLeast, withinDays, given], i) => ({
      ...{ id: `v${i}`, text: 'x', points: given },
      when: { activity: 'page_visited', atLeast, withinDays },
    }));
    Object.assign(interest, { criteria: [...interest.criteria, ...counted] });
    const ageing = [...interest.criteria.slice(0, 2), ...fit.criteria.slice(0, 3)];
    for (const [i, criterion] of ageing.entries()) {
      Object.assign(criterion, decays[i] !== undefined && { decay: decays[i] });
    }
    Object.assign(document.tiers, { excellent, hysteresis });
    return document;
  });

describe('what is found by thinking a model through', () => {
  it('is refuted by no lead, whatever the conditions', () => {
    const found = unrefuted(randomConditions, 120);
    expect([...found.keys()]).toContain('none meets this one');
  });

  it('is refuted by no lead, however rules follow on each other', () => {
    const found = unrefuted(randomRanks, 200);
    expect([...found.keys()]).toEqual(expect.arrayContaining(['in no lane before it', 'no rule before it']));
  });

  it('is refuted by no lead, whatever points it can get', () => {
    const found = unrefuted(randomPoints, 300);
    expect([...found.keys()]).toEqual(expect.arrayContaining(['the best score', 'nobody comes to it']));
  });
});
