import { describe, expect, it } from 'vitest';
import { readData, withEvents } from './read-payload.ts';

/** Returns the attribute that a value becomes, or the first problem. */
const readValue = (cell: unknown, value: unknown): unknown => {
  const mapping = withEvents({ type: 'LeadProfileUpdated', attributes: { value: cell } });
  const [first] = readData(mapping, { id: 'l-1', a: { b: value } }) as Record<string, unknown>[];
  return first !== undefined && 'attributes' in first
    ? (first.attributes as Record<string, unknown>).value
    : first;
};

describe('a value of a payload', () => {
  it.each([
    ['a text', ' Head of Operations ', 'Head of Operations'],
    ['a number', 240, 240],
    ['zero', 0, 0],
    ['minus zero is zero, and', -0, 0],
    ['true', true, true],
    ['false', false, false],
    ['a list of texts', ['a', ' b '], ['a', 'b']],
    ['a number as a text', '240', '240'],
  ])('%s keeps its type', (_, value, read) => {
    expect(readValue('a.b', value)).toEqual(read);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty text', '  '],
    ['an empty list', []],
    ['a list of empty texts', ['', ' ']],
  ])('%s says nothing', (_, value) => {
    expect(readValue('a.b', value)).toBeUndefined();
  });

  it.each([
    ['an object', { c: 1 }, '{"c":1}'],
    ['a list of numbers', [1, 2], '[1,2]'],
    ['a list with an object', ['a', {}], '["a",{}]'],
  ])('%s is a problem that says path, given and allowed', (_, value, given) => {
    expect(readValue('a.b', value)).toEqual({
      path: 'a.b',
      given,
      allowed: 'a text, a number, true, false or a list of texts',
    });
  });

  it.each([
    ['string', 240, '240'],
    ['string', true, 'true'],
    ['number', '1250.5', 1250.5],
    ['number', 7, 7],
    ['boolean', 'yes', true],
    ['boolean', 1, true],
    ['boolean', 0, false],
    ['boolean', false, false],
    ['list', 'a; b', ['a', 'b']],
    ['list', 5, ['5']],
    ['list', ['a'], ['a']],
  ])('becomes a %s if the mapping asks for it: %j', (type, value, read) => {
    expect(readValue({ path: 'a.b', type }, value)).toEqual(read);
  });

  it.each([
    ['number', 'many', '"many"', 'a number, written as 1250.5'],
    ['number', true, 'true', 'a number, written as 1250.5'],
    ['number', ['1'], '["1"]', 'a number'],
    ['boolean', 2, '2', '0, 1, true, yes, y, false, no, n; or "values"'],
    ['string', ['a'], '["a"]', 'a text'],
  ])('that is no %s is a problem: %j', (type, value, given, allowed) => {
    expect(readValue({ path: 'a.b', type }, value)).toEqual({ path: 'a.b', given, allowed });
  });

  it('is looked up by its text, whatever its type', () => {
    const cell = { path: 'a.b', values: { '1': 'one', true: 'yes' } };
    expect([1, '1', true, 'TRUE'].map((value) => readValue(cell, value))).toEqual([
      'one',
      'one',
      'yes',
      'yes',
    ]);
    expect(readValue({ path: 'a.b', values: { x: 'ex' }, otherwise: 'keep' }, ['X', 'z'])).toEqual([
      'ex',
      'z',
    ]);
    expect(readValue(cell, 2)).toEqual({ path: 'a.b', given: '2', allowed: '1, true' });
  });

  it('gives a part of itself, or what its words mean', () => {
    expect(readValue({ path: 'a.b', take: 'domain' }, 'anna@mail.example.com')).toBe('mail.example.com');
    expect(readValue({ path: 'a.b', take: 'domain' }, 5)).toMatchObject({ path: 'a.b', given: '5' });
    expect(readValue({ path: 'a.b', words: { executive: ['CEO'] } }, 'CEO, EMEA')).toBe('executive');
  });

  it('may be one of those that mean nothing', () => {
    const mapping = {
      blank: ['n/a', '0'],
      ...withEvents({ type: 'LeadProfileUpdated', attributes: { a: 'a', b: 'b' } }),
    };
    expect(readData(mapping, { id: 'l-1', a: 'N/A', b: 1 })).toEqual([{ attributes: { b: 1 } }]);
    expect(readData(mapping, { id: 'l-1', a: 0, b: 1 })).toEqual([{ attributes: { b: 1 } }]);
    expect(readValue({ path: 'a.b', blank: ['none'] }, 'None')).toBeUndefined();
  });

  it('is limited as a cell is', () => {
    const bounded = { path: 'a.b', type: 'number', min: 0 };
    expect(readValue(bounded, -1)).toEqual({ path: 'a.b', given: '-1', allowed: 'at least 0' });
    expect(readValue({ ...bounded, outside: 'omit' }, -1)).toBeUndefined();
  });

  it('is fixed for all payloads, also to null, which clears what is known', () => {
    expect(readValue({ fixed: 'web' }, 'x')).toBe('web');
    expect(readValue({ fixed: null }, 'x')).toBe(null);
  });

  it('beyond what a contract allows is a problem of the event', () => {
    expect(readValue('a.b', 'x'.repeat(1001))).toMatchObject({
      path: 'events[0] LeadProfileUpdated detail.data.attributes.value',
    });
  });
});
