import { describe, expect, it } from 'vitest';
import { findJsonProblem, isNestedDeeper, showProblem } from '../../../events/index.ts';

/** Returns a number inside so many lists, as JSON. */
const nested = (levels: number): string => `${'['.repeat(levels)}7${']'.repeat(levels)}`;

const problemOf = (json: string): string | undefined => {
  const problem = findJsonProblem(JSON.parse(json));
  return problem && showProblem(problem);
};

const beyond =
  'given a number beyond the range of a double; allowed: a number between -1.797e308 and 1.797e308';

describe('a JSON value that can not be sent on', () => {
  it.each([
    ['an exponent', '{"detail":{"data":{"revenue":1e309}}}', 'detail.data.revenue'],
    ['a negative one', '{"seats":-2E+400}', 'seats'],
    ['very many digits', `{"seats":${'8'.repeat(350)}}`, 'seats'],
    ['many digits and a small exponent', `{"seats":${'8'.repeat(290)}e60}`, 'seats'],
    ['one in a list', '{"owners":[1,[2,1e999]]}', 'owners[1][1]'],
    ['one in the envelope', '{"account":1e999,"detail":{}}', 'account'],
    ['nothing else', '1e999', '(the whole)'],
  ])('has a number beyond the range of a double: %s', (_what, json, path) => {
    expect(problemOf(json)).toBe(`${path}: ${beyond}`);
  });

  it('is nested more than 1,100 levels deep', () => {
    expect(problemOf(nested(1_100))).toBeUndefined();
    expect(problemOf(`{"a":${nested(1_100)}}`)).toBe(
      'a[0][0][0][0][0][0][0][0][0]: given more than 1100 levels of objects and lists; allowed: at most 1100',
    );
  });

  it.each([
    '{"id":"1e999","ids":["e500"]}',
    `{"text":"${'9'.repeat(400)}"}`,
    '1.7e308',
    '1e-999',
    'null',
    '[]',
  ])('is not one that only looks like it: %#', (json) => expect(problemOf(json)).toBeUndefined());

  it('is found however deep it is nested', () => {
    expect(problemOf(nested(200_000))).toContain('more than 1100 levels');
    expect(isNestedDeeper(JSON.parse(nested(200_000)))).toBe(true);
  });
});

describe('levels', () => {
  it.each([
    ['7', 0],
    ['[]', 1],
    ['{"a":"b"}', 1],
    ['[[7],{"a":{}}]', 3],
  ])('are the objects and lists around a value: %s has %i', (json, levels) => {
    expect(isNestedDeeper(JSON.parse(json), levels)).toBe(false);
    if (levels > 0) expect(isNestedDeeper(JSON.parse(json), levels - 1)).toBe(true);
  });
});
