import fc from 'fast-check';

/** Models of few names that ask for them in every way there is, and leads of which a little is known. */

const questions = {
  stance: {
    text: 'Stance?',
    kind: 'choice',
    values: ['a', 'b', 'c'],
    open: true,
    steady: { withinDays: 60 },
  },
  months: { text: 'Months?', kind: 'number', from: 0, to: 20, steady: { tolerance: 3 } },
  sure: { text: 'Sure?', kind: 'yesNo' },
  issue: { text: 'Issue?', kind: 'text' },
};

const points = fc.constantFrom(-30, -12.5, -0.7, 0.1, 5, 12.5, 20, 33, 45);

const plainLeaf = fc.constantFrom<object>(
  { answer: 'stance', is: 'a' },
  { answer: 'stance', in: ['a', 'b'] },
  { answer: 'stance', isNot: 'c' },
  { answer: 'stance', known: false },
  { answer: 'months', atLeast: 6 },
  { answer: 'months', below: 12 },
  { answer: 'sure', is: true },
  { answer: 'sure', known: true },
  { answer: 'issue', known: true },
  { words: 'issue', atLeast: 3 },
  { figures: 'issue', atLeast: 1 },
  { attribute: 'kind', is: 'x' },
  { attribute: 'kind', notIn: ['x', 'y'] },
  { attribute: 'size', above: 10 },
  { attribute: 'size', atMost: 50 },
  { activity: 'visited', atLeast: 3, withinDays: 30 },
  { activity: 'visited', atMost: 2 },
  { activity: 'asked', withinDays: 10 },
);

const derivedLeaf = fc.constantFrom<object>(
  { bant: 'need', is: 'pass' },
  { bant: 'budget', is: 'fail' },
  { bantMet: true },
  { slide: 'delta', is: 'complete' },
  { demoReady: true },
  { lane: 'kind', is: 'core' },
  { lane: 'pursued', is: false },
  { laneStanding: 'revenue', atLeast: 50 },
  { attribute: 'size', relativeTo: 'revenue', atLeast: 1 },
  { answering: 'short', atLeast: 2 },
  { answering: 'specific' },
  { answering: 'contradictory' },
);

const joined = (leaf: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: fc.array(leaf, { minLength: 2, maxLength: 3 }).map((all) => ({ all })) },
    { weight: 1, arbitrary: fc.array(leaf, { minLength: 2, maxLength: 3 }).map((any) => ({ any })) },
    { weight: 1, arbitrary: leaf.map((not) => ({ not })) },
    {
      weight: 1,
      arbitrary: fc.array(leaf, { minLength: 3, maxLength: 4 }).map((some) => ({ some, atLeast: 2 })),
    },
  );

const plain = joined(plainLeaf);
const any = joined(fc.oneof(plainLeaf, derivedLeaf));

const plainRule = fc.oneof(
  { weight: 4, arbitrary: fc.record({ when: any, points }) },
  {
    weight: 2,
    arbitrary: fc.record({
      of: fc.constantFrom<object>(
        { answer: 'months' },
        { attribute: 'size' },
        { words: 'issue' },
        { laneFigure: 'revenue' },
        { attribute: 'size', relativeTo: 'revenue' },
      ),
      bands: fc.tuple(points, points).map(([low, high]) => [
        { from: 1, points: low },
        { from: 8, points: high },
      ]),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      fc.record({ of: fc.constant({ answer: 'stance' }), table: fc.record({ a: points, b: points }) }),
      fc.record({
        of: fc.constant({ attribute: 'kind' }),
        table: fc.record({ x: points, y: points }),
        otherwise: points,
      }),
      fc.record({
        of: fc.constant({ slide: 'delta' }),
        table: fc.record({ complete: points, partial: points }),
      }),
      fc.record({ of: fc.constant({ lane: 'kind' }), table: fc.record({ core: points, none: points }) }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      each: fc.constantFrom<object>(
        { activity: 'visited', withinDays: 30 },
        { activity: 'asked' },
        { answering: 'short' },
        { answering: 'long' },
        { answering: 'specific' },
        { answering: 'contradictory' },
      ),
      points: fc.constantFrom(-10, 4, 7.5, 15),
      max: fc.constantFrom(15, 30),
    }),
  },
);

const decay = fc.constantFrom<object>(
  { halfLifeDays: 1 },
  { halfLifeDays: 14 },
  { linearDays: 20 },
  { percent: 40, everyDays: 7 },
);

/** Answers are counted without age. */
const mayDecay = (rule: object): boolean => !('each' in rule && 'answering' in (rule.each as object));

const rule = fc
  .tuple(plainRule, fc.option(decay, { nil: undefined }))
  .map(([own, ages]) => (ages !== undefined && mayDecay(own) ? { ...own, decay: ages } : own));

const dimension = fc
  .tuple(fc.constantFrom(0, 20, 45), fc.array(rule, { minLength: 2, maxLength: 6 }))
  .map(([base, rules]) => ({ base, rules }));

const disqualifier = fc.record({ when: any, unless: fc.option(any, { nil: undefined }) });

const sections = fc.record({
  letters: fc.tuple(plain, plain, plain, plain),
  part: plain,
  lanes: fc.tuple(plain, plain),
});

const weights = fc.record({ fit: fc.constantFrom(1, 3), talk: fc.constantFrom(0, 2) });

export const smallModel = fc
  .record({
    dimensions: fc.tuple(dimension, dimension),
    disqualifiers: fc.array(disqualifier, { maxLength: 2 }),
    sections,
    weights: fc.tuple(weights, weights, weights),
  })
  .map(
    ({
      dimensions: [fit, talk],
      disqualifiers,
      sections: { letters, part, lanes },
      weights: [low, mid, high],
    }) => {
      const named = ({ base, rules }: { base: number; rules: object[] }, name: string) => ({
        title: name,
        base,
        criteria: rules.map((one, i) => ({ id: `${name}-${i}`, text: 'is so', ...one })),
      });
      const [budget, authority, need, timeframe] = letters.map((pass) => ({ pass }));
      const missing = { title: 'Part', complete: { answer: 'sure', is: true } };
      return {
        id: 'generated',
        version: '1',
        title: 'Generated',
        questions,
        attributes: {
          kind: { title: 'Kind', kind: 'choice', values: ['x', 'y', 'z'] },
          size: { title: 'Size', kind: 'number', from: 0 },
        },
        dimensions: { fit: named(fit, 'fit'), talk: named(talk, 'talk') },
        scorecards: { subscriber: low, lead: low, mql: mid, sql: high, opportunity: high },
        bant: { threshold: 2, letters: { budget, authority, need, timeframe } },
        slide: {
          threshold: 3,
          parts: {
            titleAndIndustry: missing,
            criticalBusinessIssue: missing,
            problemsAndReasons: missing,
            specificCapabilities: missing,
            delta: { title: 'Delta', complete: part, partial: { answer: 'issue', known: true } },
            criticalDate: missing,
            valueRealizationEvent: missing,
          },
        },
        lanes: [
          { id: 'one', title: 'One', kind: 'core', when: lanes[0], figures: { revenue: 20 } },
          { id: 'two', title: 'Two', kind: 'avoid', when: lanes[1], figures: { revenue: 5 } },
        ],
        answering: {
          short: { below: 3 },
          long: { from: 8 },
          specific: { words: 3 },
          contradictions: [
            {
              id: 'both',
              text: 'says both',
              when: {
                all: [
                  { answer: 'stance', is: 'a' },
                  { answer: 'sure', is: true },
                ],
              },
            },
          ],
        },
        disqualifiers: disqualifiers.map(({ when, unless }, i) => ({
          id: `out-${i}`,
          class: 'problem',
          text: 'is out',
          when,
          ...(unless !== undefined && { unless }),
        })),
        promotions: [
          { to: 'lead', activities: ['visited'] },
          { to: 'mql', activities: ['asked'] },
        ],
        tiers: { excellent: 70, good: 50, risky: 30, hysteresis: 3 },
        policy: {
          rules: [
            { tiers: ['good', 'excellent'], action: { kind: 'handoff', queue: 'sales', dueHours: 24 } },
            { stages: ['lead', 'mql'], action: { kind: 'nurture', track: 'nurture' } },
          ],
          holdBack: { belowCoverage: 0.4 },
        },
      };
    },
  );

/** Returns a text of so many words, some of them with a figure. */
export const buildText = (words: number, figures: number): string =>
  Array.from({ length: words }, (_, i) => (i < figures ? String(i + 1) : 'word')).join(' ');

const answer = fc.oneof(
  fc.record({
    stance: fc.record({
      value: fc.constantFrom('a', 'b', 'c', null),
      text: fc.constantFrom(undefined, buildText(2, 0), buildText(4, 1), buildText(9, 0)),
    }),
  }),
  fc.record({ months: fc.record({ value: fc.integer({ min: 0, max: 20 }) }) }),
  fc.record({ sure: fc.record({ value: fc.boolean() }) }),
  fc.record({
    issue: fc.record({
      value: fc.constant('told'),
      text: fc.constantFrom(buildText(1, 0), buildText(5, 2), buildText(9, 1)),
    }),
  }),
);

/** One thing that is said of a lead, or done by it. */
export const said = fc.oneof(
  fc.record({ type: fc.constant('LeadAnswersRecorded' as const), data: fc.record({ answers: answer }) }),
  fc.record({
    type: fc.constant('LeadProfileUpdated' as const),
    data: fc.record({
      attributes: fc.oneof(
        fc.record({ kind: fc.constantFrom('x', 'y', 'z', null) }),
        fc.record({ size: fc.integer({ min: 0, max: 80 }) }),
      ),
    }),
  }),
  fc.record({
    type: fc.constant('LeadActivityRecorded' as const),
    data: fc.record({ activity: fc.constantFrom('visited', 'asked'), count: fc.integer({ min: 1, max: 4 }) }),
  }),
  fc.record({
    type: fc.constant('LeadStageChanged' as const),
    data: fc.record({ stage: fc.constantFrom('subscriber', 'sql', 'customer') }),
  }),
);

const start = Date.parse('2026-01-05T08:00:00.000Z');
const dayMs = 86_400_000;

/** Entries of one lead, in the order of their instants. */
export const smallHistory = fc
  .array(fc.record({ what: said, days: fc.integer({ min: 0, max: 50 }) }), { minLength: 1, maxLength: 8 })
  .map((list) =>
    list.map(({ what, days }, i) => ({
      ...what,
      at: new Date(start + days * dayMs).toISOString(),
      id: `e-${i}`,
    })),
  );
