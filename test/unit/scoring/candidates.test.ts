import { describe, expect, it } from 'vitest';
import { compileModel, createCandidatesAfter, noFacts, read } from '../../../shared/scoring/index.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const documentWith = (questions: object, ...when: object[]) =>
  compileDocument({
    ...smallDocument(),
    questions: { need: { kind: 'choice', text: 'Need?', values: ['none', 'some'] }, ...questions },
    dimensions: {
      ...smallDocument().dimensions,
      asked: {
        title: 'Asked',
        criteria: when.map((condition, i) => ({ id: `c${i}`, text: 'is so', when: condition, points: 50 })),
      },
    },
    scorecards: { ...smallDocument().scorecards, sql: { asked: 1 } },
    tiers: { excellent: 50, good: 40, risky: 10 },
  }).document;

const withCriteria = (questions: object, ...when: object[]) =>
  createCandidatesAfter(documentWith(questions, ...when))({});

describe('the values that make a difference', () => {
  it('to a number are one of each class, within its range', () => {
    const { answers, complete } = withCriteria(
      { percent: { kind: 'number', text: 'How much?', from: 0, to: 100 } },
      { answer: 'percent', atLeast: 80 },
      { answer: 'percent', above: 90 },
    );
    expect(answers.get('percent')).toEqual([
      { value: 79, range: { upper: { at: 80, included: false } } },
      { value: 80, range: { lower: { at: 80, included: true }, upper: { at: 90, included: true } } },
      { value: 91, range: { lower: { at: 90, included: false } } },
    ]);
    expect(complete).toBe(true);
  });

  it('to a list are all that is looked for, together and apart', () => {
    const { answers, complete } = withCriteria(
      { roles: { kind: 'list', text: 'Who?', values: ['it', 'users', 'legal'] } },
      {
        all: [
          { answer: 'roles', contains: 'it' },
          { answer: 'roles', contains: 'Users' },
        ],
      },
    );
    expect(answers.get('roles')?.map(({ value }) => value)).toEqual([
      ['legal'],
      ['it'],
      ['users'],
      ['it', 'users'],
    ]);
    expect(complete).toBe(true);
  });

  it('to a list are also what has a word that is looked for, as the evaluator finds it, and nothing else', () => {
    const { answers } = withCriteria(
      {
        roles: {
          kind: 'list',
          text: 'Who?',
          values: ['Vice-President', 'C.T.O.', 'Director', 'vice presidents'],
        },
      },
      { answer: 'roles', hasWord: 'vice president' },
      { answer: 'roles', hasWord: 'cto' },
    );
    expect(answers.get('roles')).toEqual([
      { value: ['Director'], other: true },
      { value: ['Vice-President'] },
      { value: ['C.T.O.'] },
      { value: ['Vice-President', 'C.T.O.'] },
    ]);
  });

  it('to a text are what is looked for, together and apart, and something that has none of it', () => {
    const { answers } = withCriteria(
      { issue: { kind: 'text', text: 'What?' } },
      {
        all: [
          { answer: 'issue', contains: 'else' },
          { answer: 'issue', contains: 'growth' },
        ],
      },
    );
    const values = answers.get('issue')?.map(({ value }) => String(value)) ?? [];
    expect(values.slice(0, 3)).toEqual(['else', 'growth', 'else growth']);
    expect(values[3]).not.toMatch(/else|growth/);
  });

  it('are cut where there are very many, and say so', () => {
    const many = Array.from({ length: 100 }, (_, i) => ({ words: 'open', atLeast: i + 2 }));
    const figures = Array.from({ length: 100 }, (_, i) => ({ figures: 'open', atLeast: i + 1 }));
    const { answers, complete } = withCriteria(
      { open: { kind: 'choice', text: 'Which?', values: ['a', 'b', 'c'], open: true } },
      ...many,
      ...figures,
    );
    expect(answers.get('open')?.length).toBeLessThan(1_000);
    expect(complete).toBe(false);
  });
});

describe('the values that make a difference to a lead that has answered a steady question', () => {
  const questions = {
    months: { kind: 'number', text: 'How long?', from: 0, to: 60, steady: { tolerance: 3 } },
    sure: { kind: 'yesNo', text: 'Sure?', steady: {} },
  };
  const contradictory = { answering: 'contradictory' };
  const listAfter = (...when: object[]) => createCandidatesAfter(documentWith(questions, ...when));

  it('are those that contradict what it has said, and those that do not', () => {
    const { answers } = listAfter(contradictory)({ months: [12, 1], sure: [true, 1] });
    expect(answers.get('months')?.map(({ range }) => range)).toEqual([
      { upper: { at: 9, included: false } },
      { lower: { at: 9, included: true }, upper: { at: 12, included: false } },
      { lower: { at: 12, included: true }, upper: { at: 12, included: true } },
      { lower: { at: 12, included: false }, upper: { at: 15, included: true } },
      { lower: { at: 15, included: false } },
    ]);
    expect(answers.get('sure')).toEqual([{ value: true }, { value: false }]);
  });

  it('contradict each other by decimals as they are written', () => {
    const model = documentWith(
      { share: { kind: 'number', text: 'What share?', steady: { tolerance: 0.1 } } },
      contradictory,
    );
    const [least] =
      createCandidatesAfter(model)({ share: [0.8, 1] })
        .answers.get('share')
        ?.slice(1) ?? [];
    expect(least).toMatchObject({ value: 0.7, range: { lower: { at: 0.7, included: true } } });
    const answers = (value: number) => ({
      ...noFacts,
      answers: { share: [value, 2, null, [[0.8, 1]]] as const },
    });
    const countContradictions = (value: number): number =>
      read(compileModel(model), answers(value), 2).found.contradictory;
    expect([0.7, 0.9].map(countContradictions)).toEqual([0, 0]);
    expect([0.699, 0.901].map(countContradictions)).toEqual([1, 1]);
  });

  it('count from every value that it has said', () => {
    const { answers } = listAfter(contradictory)({ months: [12, 2, null, [[40, 1]]] });
    expect(answers.get('months')?.map(({ value }) => value)).toEqual([8, 9, 12, 15, 16, 37, 40, 43, 44]);
  });

  it('are only those that the model names, if it has said nothing or the model does not read contradictions', () => {
    expect([...listAfter(contradictory)({}).answers.keys()]).toEqual(['need']);
    const other = listAfter({ answer: 'sure', is: true })({ months: [12, 1] });
    expect([...other.answers.keys()]).toEqual(['sure', 'need']);
  });
});
