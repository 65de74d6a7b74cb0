import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { modelSchemaFile } from '../../../scripts/contracts.ts';
import { conditionFields } from '../../../shared/scoring/document/condition.ts';
import { modelDocument } from '../../../shared/scoring/index.ts';
import { smallDocument } from '../../support/models.ts';

type Json = Record<string, unknown>;

const root = join(import.meta.dirname, '../../..');
const read = (path: string): Json => JSON.parse(readFileSync(join(root, path), 'utf8'));
const schema = read(modelSchemaFile);
// Ajv knows no formats by itself; the pattern beside it says the same.
const formats = { date: true } as const;
const validate = new Ajv({ strict: true, strictRequired: false, allErrors: true, formats }).compile(schema);

const models = [
  ...readdirSync(join(root, 'models'))
    .map((name) => `models/${name}`)
    .filter((path) => path.endsWith('.json')),
  'test/fixtures/olist/model.json',
];

/** Returns the properties of each object of the schema, by path. */
const listProperties = (value: unknown, path: string): [path: string, property: Json][] => {
  if (Array.isArray(value)) return value.flatMap((entry) => listProperties(entry, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([keyword, inner]) =>
    keyword === 'properties'
      ? Object.entries(inner as Record<string, Json>).flatMap(([name, property]): [string, Json][] => [
          [`${path}.${name}`, property],
          ...listProperties(property, `${path}.${name}`),
        ])
      : listProperties(inner, path),
  );
};

describe('the JSON Schema of scoring models', () => {
  it.each(models)('takes %s', (path) => {
    expect(validate(read(path)), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  });

  it('is of the draft that editors know best, by an id of its own', () => {
    expect(schema).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      $id: 'urn:sluice:model:1',
      title: 'Sluice scoring model',
    });
  });

  it('describes every field, for those who write a model', () => {
    const properties = listProperties(schema, '');
    expect(properties.length).toBeGreaterThan(200);
    expect(properties.filter(([, { description }]) => !description).map(([path]) => path)).toEqual([]);
  });

  it('gives each kind of condition the name of its field', () => {
    const { Condition } = schema.definitions as { Condition: { anyOf: { title: string }[] } };
    expect(Condition.anyOf.map(({ title }) => title).sort()).toEqual([...conditionFields].sort());
  });
});

describe('by JSON Schema as by zod', () => {
  const changed = (change: (document: ReturnType<typeof smallDocument>) => object): boolean[] => {
    const document = smallDocument();
    const given = change(document);
    return [validate(given) as boolean, modelDocument.safeParse(given).success];
  };
  const when = (condition: object) =>
    changed((document) => {
      Object.assign(document.dimensions.fit.criteria[0] as object, { when: condition });
      return document;
    });

  it.each<[string, object]>([
    ['an attribute without an operator', { attribute: 'x' }],
    ['an attribute with a quotient alone', { attribute: 'x', relativeTo: 'revenue' }],
    ['a field that there is not', { attribute: 'x', matches: '.*' }],
    ['two kinds in one', { attribute: 'x', is: 1, activity: 'y' }],
    ['no kind', { is: 1 }],
    ['a condition that is broken within others', { all: [{ any: [{ not: { slide: 'delta' } }] }] }],
    ['no conditions', { all: [] }],
    ['a window that is too long', { activity: 'x', withinDays: 366 }],
    ['an unknown letter', { bant: 'money', is: 'pass' }],
    ['a name with a space', { answer: 'a b', known: true }],
    ['a list of lists', { answer: 'x', in: [[1]] }],
  ])('%s is refused', (_, condition) => expect(when(condition)).toEqual([false, false]));

  it.each<[string, object]>([
    ['every join', { all: [{ any: [{ not: { some: [{ bantMet: true }], atLeast: 1 } }] }] }],
    ['operators beside each other', { answer: 'x', atLeast: 1, below: 3, known: true }],
    [
      'what is worked out',
      { any: [{ lane: 'kind', is: 'core' }, { slide: 'delta', is: 'missing' }, { demoReady: true }] },
    ],
    [
      'counts',
      { any: [{ activity: 'x', atMost: 0 }, { outcome: 'won' }, { answering: 'long', atLeast: 2 }] },
    ],
  ])('%s is taken', (_, condition) => expect(when(condition)).toEqual([true, true]));

  it.each<[string, (document: ReturnType<typeof smallDocument>) => object]>([
    ['no dimension', (document) => ({ ...document, dimensions: {} })],
    [
      'too many dimensions',
      (document) => ({
        ...document,
        dimensions: Object.fromEntries(
          Array.from({ length: 13 }, (_, i) => [`d${i}`, document.dimensions.fit]),
        ),
      }),
    ],
    [
      'too many questions',
      (document) => ({
        ...document,
        questions: Object.fromEntries(
          Array.from({ length: 201 }, (_, i) => [`q${i}`, { kind: 'yesNo', text: 'x' }]),
        ),
      }),
    ],
    ['a section that there is not', (document) => ({ ...document, colours: {} })],
    [
      'a stage without a scorecard',
      ({ scorecards: { sql, ...scorecards }, ...document }) => ({ ...document, scorecards }),
    ],
    [
      'a criterion of two kinds',
      (document) => {
        Object.assign(document.dimensions.fit.criteria[0] as object, { bands: [{ from: 1, points: 1 }] });
        return document;
      },
    ],
    ['a version with a space', (document) => ({ ...document, version: '1 2' })],
  ])('%s is refused', (_, change) => expect(changed(change)).toEqual([false, false]));

  it('a reference to the schema is taken', () => {
    expect(changed((document) => ({ $schema: './schema/model.json', ...document }))).toEqual([true, true]);
  });
});
