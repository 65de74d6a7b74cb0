import { expect, it } from 'vitest';
import { assertAsExpected, comparable, knownRun, readExpectation } from '../../e2e/expectation.ts';
import { steps } from '../../e2e/scenario.ts';

const facts = {
  leads: { keen: { score: 7 } },
  announced: [
    { type: 'LeadTierChanged', id: 'a1', lead: 'keen', to: 'good' },
    { type: 'ScoringModelActivated', id: 'm1' },
  ],
};

it('holds the known run to every id, and another one to all but ids and what happens once in an account', () => {
  expect(comparable(knownRun, facts)).toEqual(facts);
  expect(comparable('other', facts)).toEqual({
    leads: { keen: { score: 7 } },
    announced: [{ type: 'LeadTierChanged', lead: 'keen', to: 'good' }],
  });
});

it('fails where another score, another id or one announcement more comes of a step', () => {
  const changed = [
    { ...facts, leads: { keen: { score: 8 } } },
    { ...facts, announced: facts.announced.map((one) => ({ ...one, id: `${one.id}x` })) },
    { ...facts, announced: [...facts.announced, { type: 'LeadTierChanged', id: 'a2' }] },
  ];
  assertAsExpected(knownRun, 'a step', facts, facts);
  for (const found of changed) {
    expect(() => assertAsExpected(knownRun, 'a step', found, facts)).toThrow(/a step: not what is known/);
  }
});

it('knows what comes of steps that there are', () => {
  const names = steps.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(readExpectation())));
});
