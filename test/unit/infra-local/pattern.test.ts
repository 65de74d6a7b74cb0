import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter, compilePattern } from '../../../infra/local/pattern.ts';

const matches = (pattern: unknown, event: unknown): boolean => compilePattern(pattern)(event);
const onField = (matchers: unknown[], value: unknown): boolean => matches({ f: matchers }, { f: value });

describe('an event pattern', () => {
  it.each([
    [['a', 'b'], 'b', true],
    [['a'], 'A', false],
    [[5], 5, true],
    [[5], '5', false],
    [[true], true, true],
    [[true], 'true', false],
    [[null], null, true],
    [[null], undefined, false],
    [[''], '', true],
  ])('compares values exactly: %j with %j is %j', (matchers, value, expected) => {
    expect(onField(matchers, value)).toBe(expected);
  });

  it.each([
    [{ prefix: 'ab' }, 'abc', true],
    [{ prefix: 'ab' }, 'xab', false],
    [{ prefix: { 'equals-ignore-case': 'AB' } }, 'abc', true],
    [{ suffix: 'bc' }, 'abc', true],
    [{ suffix: 'bc' }, 'abcd', false],
    [{ suffix: { 'equals-ignore-case': 'BC' } }, 'abc', true],
    [{ suffix: 'c' }, 7, false],
    [{ 'equals-ignore-case': 'Abc' }, 'aBC', true],
    [{ 'equals-ignore-case': 'abc' }, 'abcd', false],
    [{ 'anything-but': 'a' }, 'b', true],
    [{ 'anything-but': 'a' }, 'a', false],
    [{ 'anything-but': ['a', 'b'] }, 'b', false],
    [{ 'anything-but': [1, 2] }, 3, true],
    [{ 'anything-but': 'a' }, undefined, false],
    [{ 'anything-but': { prefix: 'ab' } }, 'abc', false],
    [{ 'anything-but': { prefix: ['ab', 'cd'] } }, 'cde', false],
    [{ 'anything-but': { suffix: 'c' } }, 'abd', true],
    [{ 'anything-but': { 'equals-ignore-case': ['A'] } }, 'a', false],
    [{ numeric: ['>', 0, '<=', 5] }, 5, true],
    [{ numeric: ['>', 0, '<=', 5] }, 0, false],
    [{ numeric: ['=', 3.5] }, 3.5, true],
    [{ numeric: ['<', 3] }, '2', false],
    [{ 'anything-but': { wildcard: ['a*', 'b'] } }, 'ab', false],
    [{ wildcard: 'a*c' }, 'abbc', true],
    [{ wildcard: 'a*c' }, 'abbcd', false],
    [{ wildcard: 'a\\*' }, 'ab', false],
    [{ cidr: '10.0.0.0/8' }, '10.1.2.3', true],
    [{ cidr: '10.0.0.0/8' }, '11.1.2.3', false],
    [{ exists: true }, null, true],
    [{ exists: true }, undefined, false],
    [{ exists: false }, undefined, true],
    [{ exists: false }, 'x', false],
  ])('applies %j to %j: %j', (matcher, value, expected) => {
    expect(onField([matcher], value)).toBe(expected);
  });

  it('sees leaves only with exists', () => {
    expect(onField([{ exists: true }], { inner: 1 })).toBe(false);
    expect(onField([{ exists: false }], { inner: 1 })).toBe(true);
    expect(matches({ a: { b: [{ exists: false }] } }, {})).toBe(true);
  });

  it('matches an array by any of its elements', () => {
    expect(onField(['b'], ['a', 'b'])).toBe(true);
    expect(onField(['c'], ['a', 'b'])).toBe(false);
    expect(onField([{ 'anything-but': 'a' }], ['a', 'b'])).toBe(true);
  });

  it('takes all fields of an object in an array from the same element', () => {
    const pattern = { list: { x: [1], y: [2] } };
    expect(matches(pattern, { list: [{ x: 1, y: 2 }] })).toBe(true);
    expect(matches(pattern, { list: [{ x: 1 }, { y: 2 }] })).toBe(false);
    const apart = { list: { x: [1] }, $or: [{ list: { y: [2] } }, { z: [1] }] };
    expect(matches(apart, { list: [{ x: 1 }, { y: 2 }] })).toBe(false);
    expect(matches(apart, { list: [{ x: 1 }, { y: 2 }], z: 1 })).toBe(true);
  });

  it('treats an address as the same in another spelling', () => {
    expect(onField(['2001:db8::1'], '2001:db8:0::0:1')).toBe(true);
  });

  it('requires every field, and any alternative of $or', () => {
    const pattern = { s: ['a'], $or: [{ x: [1] }, { y: { z: [2] } }] };
    expect(matches(pattern, { s: 'a', x: 1 })).toBe(true);
    expect(matches(pattern, { s: 'a', y: { z: 2 } })).toBe(true);
    expect(matches(pattern, { s: 'a', x: 2 })).toBe(false);
    expect(matches(pattern, { s: 'b', x: 1 })).toBe(false);
  });

  it('never treats an inherited property as a field', () => {
    expect(matches({ toString: [{ exists: true }] }, {})).toBe(false);
  });

  it.each([
    [{ f: [{ like: 'a' }] }, '$.f[0]'],
    [{ f: [{ prefix: ['a', 'b'] }] }, '$.f[0].prefix'],
    [{ f: [{ 'equals-ignore-case': ['a'] }] }, '$.f[0].equals-ignore-case'],
    [{ f: [{ wildcard: 'a**' }] }, '$.f[0].wildcard'],
    [{ f: [{ wildcard: 'a\\b' }] }, '$.f[0].wildcard'],
    [{ f: [{ cidr: '10.0.0.1/32' }] }, '$.f[0].cidr'],
    [{ f: [{ numeric: ['<', 5, '>', 3] }] }, '$.f[0].numeric'],
    [{ f: [{ numeric: ['>', 5, '<', 3] }] }, '$.f[0].numeric'],
    [{ f: [{ 'anything-but': { prefix: '' } }] }, '$.f[0].anything-but.prefix'],
    [{ $or: [{ prefix: [1] }, { x: [1] }] }, '$.$or[0].prefix'],
    [{ x: [1], $or: [{ x: [1] }, { y: [1] }] }, '$.$or[0].x'],
    [{ f: { g: [{ prefix: 3 }] } }, '$.f.g[0].prefix'],
    [{ f: [{ numeric: ['!', 3] }] }, '$.f[0].numeric'],
    [{ f: [{ numeric: ['>'] }] }, '$.f[0].numeric'],
    [{ f: [{ 'anything-but': ['a', 1] }] }, '$.f[0].anything-but'],
    [{ f: [{ 'anything-but': { numeric: ['=', 1] } }] }, '$.f[0].anything-but'],
    [{ f: [{ exists: 'yes' }] }, '$.f[0].exists'],
    [{ f: [{ prefix: 'a', suffix: 'b' }] }, '$.f[0]'],
    [{ f: [] }, '$.f'],
    [{ f: {} }, '$.f'],
    [{ f: 'a' }, '$.f'],
    [{ $or: [{ x: [1] }] }, '$.$or'],
    [{}, '$'],
  ])('is refused when it is compiled: %j at %s', (pattern, path) => {
    expect(() => compilePattern(pattern)).toThrow(`event pattern at ${path}: `);
  });

  it('matches every event made of its own values', () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const name = fc.stringMatching(/^[a-z]{1,5}$/);
    fc.assert(
      fc.property(
        fc.dictionary(name, fc.array(leaf, { minLength: 1 }), { minKeys: 1 }),
        fc.nat(),
        (fields, at) => {
          const event = Object.fromEntries(
            Object.entries(fields).map(([key, values]) => [key, values[at % values.length]]),
          );
          expect(matches({ detail: fields }, { detail: event })).toBe(true);
        },
      ),
    );
  });

  it('matches anything-but exactly when the same values do not match', () => {
    const values = fc.array(fc.string({ maxLength: 2 }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.string({ maxLength: 2 }), (wanted, value) => {
        expect(onField([{ 'anything-but': wanted }], value)).toBe(!onField(wanted, value));
      }),
    );
  });

  it.each([[{ wildcard: 'a*' }], [{ cidr: '10.0.0.0/8' }], [{ 'anything-but': { prefix: 'a' } }]])(
    'of a rule may use %j, and of a mapping it may not',
    (matcher) => {
      expect(onField([matcher], 'a')).toBeTypeOf('boolean');
      expect(() => compileFilter({ f: [matcher] })).toThrow('event pattern at $.f[0]');
    },
  );

  it('of a mapping filters by values, prefixes, suffixes, numbers, presence and anything-but', () => {
    const filter = compileFilter({
      f: ['a', { prefix: 'b' }, { suffix: 'c' }, { numeric: ['=', 1] }],
      g: [{ 'anything-but': ['x'] }, { exists: false }],
    });
    expect([{ f: 'a' }, { f: 'bb' }, { f: 1, g: 'y' }].map(filter)).toEqual([true, true, true]);
    expect([{ f: 'a', g: 'x' }, { f: 2 }, {}].map(filter)).toEqual([false, false, false]);
  });
});
