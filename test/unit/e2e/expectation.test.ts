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
  assertAsExpected(knownRun, facts, facts);
  const others = facts.announced.map((one) => ({ ...one, id: `${one.id}x` }));
  const more = [...facts.announced, { type: 'LeadTierChanged', id: 'a2' }];
  const refusing = (change: object) =>
    expect(() => assertAsExpected(knownRun, { ...facts, ...change }, facts));
  refusing({ leads: { keen: { score: 8 } } }).toThrow('the lead keen is not as it must be');
  refusing({ leads: {} }).toThrow('the lead keen');
  refusing({ announced: others }).toThrow('what was announced is not as it must be');
  refusing({ announced: more }).toThrow('what was announced');
  refusing({ quarantined: [{}] }).toThrow('what was quarantined');
});

it('knows what comes of steps that there are', () => {
  const names = steps.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(readExpectation())));
});
