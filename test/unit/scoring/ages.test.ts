import { expect, it } from 'vitest';
import { computeAges } from '../../../shared/scoring/explain/ages.ts';
import { type Facts, noFacts } from '../../../shared/scoring/index.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const model = compileDocument({
  ...smallDocument(),
  questions: {
    need: { kind: 'choice', text: 'Need?', values: ['none', 'some'] },
    budget: { kind: 'yesNo', text: 'Budget?' },
    months: { kind: 'number', text: 'How long?', steady: { tolerance: 3 } },
    issue: { kind: 'text', text: 'What is the issue?' },
  },
  bant: {
    threshold: 1,
    letters: {
      budget: { pass: { answer: 'budget', is: true } },
      authority: { pass: { attribute: 'seniority', is: 'executive' } },
      need: { pass: { answer: 'need', is: 'some' } },
      timeframe: { pass: { answer: 'months', below: 6 } },
    },
  },
  answering: { short: { below: 3 } },
  dimensions: {
    ...smallDocument().dimensions,
    letter: {
      title: 'Letter',
      criteria: [{ id: 'letter', text: 'has a need', when: { bant: 'need', is: 'pass' }, points: 40 }],
    },
    steadiness: {
      title: 'Steadiness',
      base: 50,
      criteria: [
        {
          id: 'doubt',
          text: 'contradicts itself',
          each: { answering: 'contradictory' },
          points: -10,
          max: 10,
        },
      ],
    },
    brevity: {
      title: 'Brevity',
      base: 50,
      criteria: [{ id: 'short', text: 'is brief', each: { answering: 'short' }, points: -10, max: 10 }],
    },
  },
  scorecards: {
    ...smallDocument().scorecards,
    sql: { letter: 1, steadiness: 1, brevity: 1 },
  },
});

const facts: Facts = {
  ...noFacts,
  answers: { need: ['some', 1], budget: [true, 2], months: [4, 3], issue: ['growth', 4] },
};

it.each([
  ['letter', 'need'],
  ['steadiness', 'months'],
  ['brevity', 'issue'],
])('the dimension %s rests on the answer to %s alone', (dimension, name) => {
  const ages = computeAges(model, dimension, facts);
  expect([ages?.oldest.name, ages?.newest.name]).toEqual([name, name]);
});
