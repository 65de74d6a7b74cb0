import fc from 'fast-check';
import { stages, tiers } from '../../events/index.ts';
import { letters } from '../../shared/scoring/document/letters.ts';
import { slideParts } from '../../shared/scoring/document/slide-parts.ts';

/*
 * Random models whose scores change with time: gains and penalties of every kind of rule, with and without decay,
 * windows and caps, and conditions with windows wherever a model has conditions. They follow the schema; that a rule
 * can apply at all isn't asked of them.
 */

export const activityNames = ['visited', 'opened', 'demo', 'left'] as const;

const activity = fc.constantFrom(...activityNames);
const days = fc.oneof(fc.constantFrom(1, 7, 30, 365), fc.integer({ min: 1, max: 120 }));
const points = fc.oneof(
  fc.integer({ min: -30, max: 45 }),
  fc.integer({ min: -200, max: 300 }).map((tenths) => tenths / 10),
);

/** A few shapes only, so that few tables of weights are computed. */
const decay = fc.constantFrom(
  { halfLifeDays: 1 },
  { halfLifeDays: 7 },
  { halfLifeDays: 30 },
  { halfLifeDays: 90 },
  { linearDays: 10 },
  { linearDays: 60 },
  { linearDays: 365 },
  { percent: 25, everyDays: 30 },
  { percent: 7.5, everyDays: 3 },
  { percent: 50, everyDays: 1 },
);

const count = fc.integer({ min: 0, max: 5 });
const activityCondition = fc.oneof(
  fc.record({ activity, atLeast: count, atMost: count, withinDays: days }, { requiredKeys: ['activity'] }),
  // Counts that come into the bounds as days leave the window, and leave them later.
  fc.record({ activity, atLeast: fc.constantFrom(1, 2), atMost: fc.constantFrom(2, 3), withinDays: days }),
);

const factCondition: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: activityCondition },
  fc.constantFrom<unknown>(
    { attribute: 'region', is: 'north' },
    { attribute: 'region', known: false },
    { attribute: 'employees', atLeast: 100 },
    { answer: 'budget', is: 'approved' },
    { answer: 'need', isNot: 'none' },
    { outcome: 'referenced' },
    { outcome: 'churned', atMost: 0 },
  ),
);

const sectionCondition: fc.Arbitrary<unknown> = fc.oneof(
  fc.record({ bant: fc.constantFrom(...letters), is: fc.constantFrom('pass', 'fail', 'unknown') }),
  fc.record({ bantMet: fc.boolean() }),
  fc.record({ slide: fc.constantFrom(...slideParts), is: fc.constantFrom('complete', 'partial', 'missing') }),
  fc.record({ demoReady: fc.boolean() }),
  fc.constantFrom<unknown>(
    { lane: 'id', is: 'core' },
    { lane: 'pursued', is: true },
    { answering: 'contradictory', atLeast: 1 },
    { answering: 'short', atMost: 1 },
  ),
);

const joined = (inner: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => {
  const several = fc.array(inner, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    { weight: 4, arbitrary: inner },
    fc.record({ not: inner }),
    fc.record({ all: several }),
    fc.record({ any: several }),
    fc.record({ some: several, atLeast: fc.constantFrom(1, 2) }),
  );
};

/** Conditions of sections, which read plain facts only. */
const plain = joined(factCondition);
const condition = joined(
  fc.oneof({ weight: 3, arbitrary: factCondition }, { weight: 1, arbitrary: sectionCondition }),
);

const bands = fc
  .uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 3 })
  .chain((bounds) => fc.tuple(...bounds.map((from) => fc.record({ from: fc.constant(from), points }))));

const rule: fc.Arbitrary<object> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ when: condition, points }) },
  fc.record({ of: fc.constant({ attribute: 'employees' }), bands }),
  fc.record(
    {
      of: fc.constantFrom<object>({ attribute: 'region' }, { slide: 'delta' }, { lane: 'kind' }),
      table: fc.record({ north: points, complete: points, core: points }, { noNullPrototype: true }),
      otherwise: points,
    },
    { requiredKeys: ['of', 'table'] },
  ),
  {
    weight: 4,
    arbitrary: fc.record({
      each: fc.record(
        { activity, withinDays: days, per: fc.constant('day') },
        { requiredKeys: ['activity'] },
      ),
      points: fc.oneof(fc.integer({ min: -9, max: 12 }), fc.constantFrom(0.1, -0.7, 3.3)),
      max: fc.integer({ min: 1, max: 60 }),
    }),
  },
);

const answers: fc.Arbitrary<object> = fc.record({
  each: fc.record({ answering: fc.constantFrom('short', 'contradictory') }),
  points: fc.integer({ min: -9, max: 9 }),
  max: fc.constant(20),
});

const criterion: fc.Arbitrary<object> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(rule, fc.option(decay, { nil: undefined, freq: 3 }))
      .map(([given, fading]) => ({ ...given, ...(fading !== undefined && { decay: fading }) })),
  },
  answers,
);

const dimensionNames = ['interest', 'fit', 'readiness'] as const;

const dimension = fc.record({
  title: fc.constant('One'),
  base: fc.integer({ min: 0, max: 60 }),
  criteria: fc.array(criterion, { minLength: 1, maxLength: 6 }),
});

const scorecard = fc.record({
  interest: fc.integer({ min: 1, max: 5 }),
  fit: fc.integer({ min: 0, max: 3 }),
  readiness: fc.constantFrom(0, 1, 2.5),
});

const action = fc.constantFrom<object>(
  { kind: 'none' },
  { kind: 'nurture', track: 'slow' },
  { kind: 'nurture', track: 'fast' },
  { kind: 'handoff', queue: 'sales', dueHours: 24 },
  { kind: 'handoff', queue: 'partners', dueHours: 48 },
);

const policy = fc.record(
  {
    rules: fc.array(
      fc.record(
        {
          stages: fc.uniqueArray(fc.constantFrom(...stages), { minLength: 3 }),
          tiers: fc.uniqueArray(fc.constantFrom(...tiers), { minLength: 1 }),
          when: condition,
          action,
        },
        { requiredKeys: ['action'] },
      ),
      { maxLength: 4 },
    ),
    holdBack: fc.record({ belowCoverage: fc.constantFrom(0.5, 0.8, 1), track: fc.constant('ask') }),
    announceScore: fc.record({ points: fc.constantFrom(1, 2, 5, 30) }),
  },
  { requiredKeys: ['rules'] },
);

const byName = <T>(names: readonly string[], value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.record(Object.fromEntries(names.map((name) => [name, value])));

const sections = fc.record(
  {
    bant: fc.record({
      threshold: fc.constantFrom(1, 2),
      letters: byName(letters, fc.record({ pass: plain, fail: plain }, { requiredKeys: ['pass'] })),
    }),
    slide: fc.record({
      threshold: fc.integer({ min: 1, max: 5 }),
      parts: byName(
        slideParts,
        fc.record(
          { title: fc.constant('Part'), complete: plain, partial: plain },
          { requiredKeys: ['title', 'complete'] },
        ),
      ),
    }),
    lanes: fc.tuple(plain, plain).map(([core, adjacent]) => [
      { id: 'core', title: 'Core', kind: 'core', when: core },
      { id: 'side', title: 'Side', kind: 'adjacent', when: adjacent },
    ]),
    answering: fc.record({
      short: fc.constant({ below: 3 }),
      contradictions: fc.array(
        fc.record({ id: fc.constant('both'), text: fc.constant('says both'), when: plain }),
        { maxLength: 1 },
      ),
    }),
    disqualifiers: fc.array(
      fc.record(
        {
          id: fc.constantFrom('first', 'second'),
          class: fc.constantFrom('persona', 'problem'),
          text: fc.constant('does not suit us'),
          when: fc.record({ all: fc.tuple(condition, condition) }),
          unless: condition,
          track: fc.constantFrom('long', 'longer'),
        },
        { requiredKeys: ['id', 'class', 'text', 'when'] },
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);

/** Documents of models, without bounds of tiers. */
export const decayingDocument = fc
  .record({
    dimensions: byName(dimensionNames, dimension),
    scorecards: byName(stages, scorecard),
    policy,
    sections,
  })
  .map(({ dimensions, scorecards, policy: given, sections: more }) => ({
    id: 'random',
    version: '1',
    title: 'Random',
    questions: {
      budget: { kind: 'choice', text: 'Is there money?', values: ['approved', 'none'], steady: {} },
      issue: { kind: 'text', text: 'What is the matter?' },
    },
    dimensions: Object.fromEntries(
      Object.entries(dimensions).map(([name, { criteria, ...others }]) => [
        name,
        { ...others, criteria: criteria.map((one, i) => ({ id: `${name}-${i}`, text: 'is so', ...one })) },
      ]),
    ),
    scorecards,
    promotions: [{ to: 'mql', activities: ['demo'] }],
    policy: given,
    ...more,
  }));
