import { describe, expect, it } from 'vitest';
import { findAtPath, findPathProblem } from '../../../shared/mapping/index.ts';

describe('a path', () => {
  it.each([
    'email',
    'properties."first-name"',
    'items[0].name',
    "items[?kind == 'demo'] | [0].id",
    'not_null(traits.email, context.traits.email)',
    "join(', ', names)",
    'contains(tags, `"a(b)"`)',
    '[a, b] | [1]',
    'names[::-1]',
    "'foo(bar'",
  ])('may be %s', (path) => {
    expect(findPathProblem(path)).toBeUndefined();
  });

  it.each([
    ['', 'properties.email'],
    ['$.email', 'unknown token "$"'],
    ['first-name', '"first-name"'],
    ['a..b', 'unexpected token'],
    ['a[0', 'unexpected end'],
    ['legth(a)', 'did you mean length?'],
    ['powertools_json(a)', 'a function of JMESPath'],
    ['length()', 'at least 1 argument'],
    ['a.__proto__', 'a name other than'],
    ['a[::0]', 'a step of a slice other than 0'],
    ['x'.repeat(501), 'at most 500 characters'],
    ['[@,@][] | [@,@][] | [@,@][]', 'at most 2 lists or objects'],
  ])('may not be %s', (path, why) => {
    expect(findPathProblem(path)).toContain(why);
  });

  it.each([
    ['constructor', {}, undefined],
    ['a.constructor', { a: {} }, undefined],
    ['hasOwnProperty', { a: 1 }, undefined],
    ['constructor', { constructor: 'x' }, 'x'],
  ])('finds only what a payload has: %s of %j', (path, payload, value) => {
    const found = findAtPath(path, payload);
    expect('value' in found && found.value).toEqual(value);
  });

  it('that a payload does not fit says why, without a value of it', () => {
    const found = findAtPath('length(email)', { email: 5 });
    expect(found).toEqual({
      failure:
        'Invalid argument type for function length(), expected one of "array", "string", "object" but found "number"',
    });
  });
});
