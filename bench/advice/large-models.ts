import { compileModel, modelDocument, type ScoringModel } from '../../shared/scoring/index.ts';

const numbered = (count: number, prefix: string): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${i}`);

const record = <T>(names: readonly string[], of: (name: string) => T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, of(name)]));

/** Compiles a model by which a lead without facts gets nowhere: each criterion gives few of the hundred points. */
const buildLargeModel = (
  described: object,
  dimensions: Readonly<Record<string, readonly object[]>>,
): ScoringModel => {
  const weights = record(Object.keys(dimensions), () => 1);
  return compileModel(
    modelDocument.parse({
      id: 'large',
      version: '1',
      title: 'Large',
      ...described,
      dimensions: record(Object.keys(dimensions), (title) => ({
        title,
        criteria: dimensions[title]?.map((criterion, i) => ({
          id: `${title}-${i}`,
          text: 'is so',
          ...criterion,
        })),
      })),
      scorecards: record(['subscriber', 'lead', 'mql', 'sql', 'opportunity'], () => weights),
      disqualifiers: [],
      promotions: [],
      tiers: { excellent: 80, good: 60, risky: 30, hysteresis: 1 },
      policy: { rules: [] },
    }),
  );
};

/** Returns a model with the maximum number of names that a document may have if criteria read each name twice. */
const manyNames = (): ScoringModel => {
  const [questions, attributes, activities] = ['q', 'a', 'd'].map((prefix) => numbered(140, prefix)) as [
    string[],
    string[],
    string[],
  ];
  return buildLargeModel(
    {
      questions: record(questions, (text) => ({ text: `${text}?`, kind: 'choice', values: ['a', 'b', 'c'] })),
      attributes: record(attributes, (title) => ({ title, kind: 'number' })),
      activities: record(activities, (name) => `did ${name}`),
    },
    {
      answers: questions.map((answer, i) => ({ of: { answer }, table: { a: 1 + (i % 3), b: -1 } })),
      profile: attributes.map((attribute) => ({
        of: { attribute },
        bands: [
          { from: 1, points: 1 },
          { from: 5, points: 2 },
        ],
      })),
      done: activities.map((activity) => ({ each: { activity }, points: 1, max: 2 })),
      together: questions.map((answer, i) => ({
        when: {
          any: [
            { answer, is: 'a' },
            ...attributes.slice(i % 100, (i % 100) + 4).map((attribute) => ({ attribute, above: 100 + i })),
          ],
        },
        points: 3,
      })),
    },
  );
};

/**
 * Returns a model of open questions, each with 40 values and eight wordings that matter: more pairs than can be tried.
 */
const manyWordings = (): ScoringModel => {
  const questions = numbered(150, 'q');
  const values = numbered(40, 'v');
  return buildLargeModel(
    {
      questions: record(questions, (text) => ({ text: `${text}?`, kind: 'choice', values, open: true })),
      answering: { short: { below: 3 }, long: { from: 30 }, specific: { words: 6, figures: 1 } },
    },
    {
      answers: [
        ...questions.map((answer, i) => ({ of: { answer }, table: { v0: 1 + (i % 3), v1: -1 } })),
        { each: { answering: 'specific' }, points: 1, max: 20 },
      ],
    },
  );
};

/** Models near the limits of a document, by name. */
export const largeModels: Readonly<Record<string, () => ScoringModel>> = {
  'many names': manyNames,
  'many wordings': manyWordings,
};
