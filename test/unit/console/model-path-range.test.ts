import { json } from '@codemirror/lang-json';
import { describe, expect, it } from 'vitest';
import { findRange } from '../../../console/pages/model/editor/path-range.ts';

const locate = (text: string, path: string): string => {
  const { from, to } = findRange(json().language.parser.parse(text).topNode, text, path);
  return text.slice(from, to);
};

const text = `{
  "tiers": { "good": 50, "risky": 30 },
  "policy": { "rules": [{ "action": { "kind": "none" } }, { "action": { "kind": "handof" } }] },
  "a.b": { "c": 1 },
  "a": { "b": { "c": 2 } },
  "twice": "first",
  "twice": "second",
  "escap\\u0065d": true,
  "${'n'.repeat(70)}": null
}`;

describe('the range of a path', () => {
  it.each([
    ['tiers.good', '50'],
    ['policy.rules[1].action.kind', '"handof"'],
    ['escaped', 'true'],
  ])('of a plain value, %s, is the value', (path, found) => {
    expect(locate(text, path)).toBe(found);
  });

  it.each([
    ['tiers', '"tiers"'],
    ['policy.rules', '"rules"'],
    ['policy.rules[1].action', '"action"'],
  ])('of a section, %s, is its name', (path, found) => {
    expect(locate(text, path)).toBe(found);
  });

  it('of an entry without a name is its beginning', () => {
    expect(locate(text, 'policy.rules[0]')).toBe('{');
  });

  it('of something missing is that of the part which lacks it', () => {
    expect(locate(text, 'tiers.excellent')).toBe('"tiers"');
    expect(locate(text, 'policy.rules[9].action.kind')).toBe('"rules"');
    expect(locate(text, 'dimensions.profile')).toBe('{');
  });

  it('of the whole document is its beginning', () => {
    expect(locate(text, '(the whole)')).toBe('{');
    expect(locate('', '(the whole)')).toBe('');
  });

  it('takes dots within a name as a part of the name if that is where the path leads', () => {
    expect(locate('{"a.b": {"c": 1}}', 'a.b.c')).toBe('1');
    expect(locate('{"a": {"b": {"c": 2}}, "a.b": {"d": 3}}', 'a.b.c')).toBe('2');
  });

  it('takes the last of two equal names, as JSON.parse does', () => {
    expect(locate(text, 'twice')).toBe('"second"');
  });

  it('finds a name that the path has cut short', () => {
    expect(locate(text, `${'n'.repeat(60)}…`)).toBe('null');
  });

  it('is within the text although the text is no JSON', () => {
    const broken = '{"tiers": {"good": ';
    const { from, to } = findRange(json().language.parser.parse(broken).topNode, broken, 'tiers.good');
    expect(from).toBeGreaterThanOrEqual(0);
    expect(to).toBeLessThanOrEqual(broken.length);
  });
});
