import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseValue, readBoolean, readNumber } from '../../../shared/scoring/index.ts';
import { foldCase } from '../../../shared/scoring/values/fold-case.ts';
import { compileLiteral, compileLookup, isSameLiteral } from '../../../shared/scoring/values/literals.ts';
import { compileWords, hasWords } from '../../../shared/scoring/values/words.ts';
import { seeded } from '../../support/seed.ts';

describe('a value that is normalised', () => {
  it.each<[string, unknown, unknown]>([
    ['a text', 'Head of Sales', 'Head of Sales'],
    ['blanks around', '  Head of Sales\t\n', 'Head of Sales'],
    ['no-break, narrow and ideographic spaces around', '\u00a0\u202fMünchen\u2009\u3000', 'München'],
    ['a next line and a byte order mark around', '\ufeffMünchen\u0085', 'München'],
    ['blanks within, which stay', 'Head\u00a0of  Sales', 'Head\u00a0of  Sales'],
    ['a decomposed letter', 'Zu\u0308rich', 'Zürich'],
    ['a letter with two marks in another order', 'q\u0307\u0323', 'q\u0323\u0307'],
    ['a Kelvin sign', '300 \u212a', '300 K'],
    ['an empty text', '', null],
    ['blanks alone', ' \u00a0\u2003\ufeff', null],
    ['null', null, null],
    ['a number', -3.5, -3.5],
    ['zero', 0, 0],
    ['false', false, false],
    ['a list', [' CRM ', 'Re\u0301seau'], ['CRM', 'Réseau']],
    ['a list with empty entries', ['CRM', '', ' '], ['CRM']],
    ['a list of empty entries', ['', '\u00a0'], null],
    ['a list without entries', [], []],
  ])('%s: %j is %j', (_, given, expected) => expect(normaliseValue(given as never)).toEqual(expected));

  it('stays the same if it is normalised again', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.oneof(text, fc.array(text)), (value) => {
        const once = normaliseValue(value);
        expect(normaliseValue(once)).toEqual(once);
      }),
      seeded(),
    );
  });

  it('takes no time for many blanks within', () => {
    const text = `a${' '.repeat(500_000)}b`;
    expect(normaliseValue(text)).toBe(text);
  });
});

const codePoints = Array.from({ length: 0x110000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));

describe('the fold of a text', () => {
  it.each([
    ['STRASSE', 'strasse'],
    ['ẞ', 'ß'],
    ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['ſ', 'S'],
    ['ÉCOLE', 'école'],
    ['ЯБЛОКО', 'яблоко'],
    ['𐐀', '𐐨'],
    ['ᾼ', 'ᾳ'],
  ])('is one for %s and %s', (a, b) => expect(foldCase(a)).toBe(foldCase(b)));

  it.each([
    ['ı', 'i'],
    ['ı', 'I'],
    ['İ', 'i'],
    ['ß', 'ss'],
    ['é', 'e'],
  ])('is another for %s than for %s', (a, b) => expect(foldCase(a)).not.toBe(foldCase(b)));

  it('is simple case folding: it folds together what a regular expression without case does', () => {
    const changed = codePoints.filter((character) => foldCase(character) !== character);
    const isSame = (a: string, b: string) =>
      new RegExp(`^\\u{${a.codePointAt(0)?.toString(16)}}$`, 'iu').test(b);
    expect(changed.length).toBeGreaterThan(1_000);
    expect(changed.filter((character) => !isSame(character, foldCase(character)))).toEqual([]);
    const forms = codePoints.flatMap((character) =>
      [character.toUpperCase(), character.toLowerCase()]
        .filter((form) => form !== character && [...form].length === 1)
        .map((form) => [character, form] as const),
    );
    const missed = forms.filter(([a, b]) => isSame(a, b) && foldCase(a) !== foldCase(b));
    expect(missed).toEqual([]);
  });

  it('has the length of the text, and is its own fold', () => {
    expect(codePoints.filter((character) => foldCase(character).length !== character.length)).toEqual([]);
    expect(codePoints.filter((character) => foldCase(foldCase(character)) !== foldCase(character))).toEqual(
      [],
    );
  });
});

describe('a number that is asked for', () => {
  it.each<[unknown, number | undefined]>([
    [7, 7],
    ['120', 120],
    ['-3.5', -3.5],
    ['+4', 4],
    ['.5', 0.5],
    ['007', 7],
    ['9'.repeat(400), undefined],
    ['1e3', undefined],
    ['1,000', undefined],
    ['5.', undefined],
    ['0x10', undefined],
    ['Infinity', undefined],
    ['NaN', undefined],
    ['120 people', undefined],
    ['51-200', undefined],
    ['--1', undefined],
    ['١٢', undefined],
    ['', undefined],
    [true, undefined],
    [['120'], undefined],
    [null, undefined],
    [undefined, undefined],
  ])('is read of %j as %j', (given, expected) => expect(readNumber(given as never)).toBe(expected));
});

describe('yes or no that is asked for', () => {
  it.each<[unknown, boolean | undefined]>([
    [true, true],
    ['true', true],
    ['TRUE', true],
    ['False', false],
    ['yes', undefined],
    ['1', undefined],
    [1, undefined],
    ['constructor', undefined],
    [null, undefined],
  ])('is read of %j as %j', (given, expected) => expect(readBoolean(given as never)).toBe(expected));
});

describe('a literal', () => {
  it.each<[unknown, unknown, boolean]>([
    ['Executive', 'EXECUTIVE', true],
    [' Executive ', 'executive', true],
    ['Zu\u0308rich', 'Zürich', true],
    ['executive', 'executives', false],
    [5, '5', true],
    [5, '5.0', true],
    ['5', 5, true],
    ['5', '5.0', true],
    ['007', '7', false],
    ['007', 7, false],
    ['007', '007', true],
    ['1.0', '1', false],
    [true, 'TRUE', true],
    ['true', true, true],
    [true, 1, false],
    [true, 'yes', false],
    ['constructor', 'constructor', true],
    ['CRM', ['CRM'], false],
  ])('%j equals the value %j: %j, alone and among others', (literal, value, expected) => {
    expect(compileLiteral(literal as never)(value as never)).toBe(expected);
    expect(compileLookup([['x', 1] as const, [literal as never, 2] as const])(value as never) === 2).toBe(
      expected,
    );
  });

  it('is found first among those that are the same', () => {
    const find = compileLookup([
      ['Executive', 1],
      ['executive', 2],
    ]);
    expect(['executive', 'Executive', 'EXECUTIVE'].map(find)).toEqual([1, 1, 1]);
    expect(isSameLiteral('Executive', 'executive')).toBe(true);
    expect(find('constructor')).toBeUndefined();
  });
});

describe('the words sought', () => {
  it.each([
    ['CTO', 'CTO'],
    ['cto', 'CTO & Founder'],
    ['CTO', 'VP/CTO'],
    ['CTO', 'CTO, EMEA'],
    ['CTO', 'interim (CTO)'],
    ['CTO', 'ex-CTO'],
    ['vice president', 'Vice President, Sales'],
    ['vice president', 'Executive Vice-President'],
    ['vice-president', 'vice  president'],
    ['vp sales', 'VP, Sales'],
    ['co-founder', 'Co-Founder and CEO'],
    ['C++', 'Lead C++ developer'],
    ['C#', 'C# developer'],
    ['R&D', 'Head of R & D'],
    ['größe', 'GRÖSSE GRÖßE'],
    ['e\u0301cole', 'École normale'],
    ['vp vp sales', 'vp vp vp sales'],
    ['директор', 'Технический Директор'],
    ['24/7', 'support 24/7'],
    ['CTO', 'C.T.O. and founder'],
    ['C.T.O.', 'CTO'],
  ])('%s are in %s', (words, text) => expect(compileWords(words)(text)).toBe(true));

  it.each([
    ['CTO', 'Director of Sales'],
    ['CTO', 'Doctor'],
    ['CTO', 'Contractor'],
    ['CTO', 'Victoria'],
    ['CTO', 'CTOs'],
    ['intern', 'International sales'],
    ['vice president', 'President, Vice'],
    ['vice president', 'vice and president'],
    ['C++', 'C developer'],
    ['.NET', 'net sales'],
    ['CTO', ''],
    ['com', 'booking.com'],
    ['35', '3.5'],
  ])('%s are not in %s', (words, text) => expect(compileWords(words)(text)).toBe(false));

  it.each([
    ['-', false],
    [' ', false],
    ['–\u00a0', false],
    ['CTO', true],
    ['C++', true],
  ])('%j are words: %j', (text, expected) => expect(hasWords(text)).toBe(expected));
});
