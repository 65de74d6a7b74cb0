import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { showApart, showProblem, showValue, visible } from '../../../events/index.ts';
import { seeded } from '../../support/seed.ts';

describe('a value in a message', () => {
  it.each([
    ['a no-break space', '1\u00a0200', '"1\\u00a0200"'],
    ['a narrow no-break space', '1\u202f200', '"1\\u202f200"'],
    ['a thin space', '1\u2009200', '"1\\u2009200"'],
    ['a zero-width space', 'a\u200bb', '"a\\u200bb"'],
    ['a byte order mark', '\ufeffid', '"\\ufeffid"'],
    ['a soft hyphen', 'co\u00adop', '"co\\u00adop"'],
    ['a mark of direction', 'a\u202eb', '"a\\u202eb"'],
    ['a control character', 'a\u0000\u0007\u0085', '"a\\u0000\\u0007\\u0085"'],
    ['a line separator', 'a\u2028b', '"a\\u2028b"'],
    ['half of a surrogate pair', 'a\ud83d', '"a\\ud83d"'],
    ['a blank letter', '\u3164\u2800', '"\\u3164\\u2800"'],
    ['a private character', '\ue000', '"\\ue000"'],
    ['a character beyond the first plane', '\u{e0041}', '"\\udb40\\udc41"'],
    ['a decomposed letter', 'Sa\u0303o', '"Sa\\u0303o"'],
    ['a decomposed syllable', '\u1100\u1161', '"\\u1100\\u1161"'],
    ['a sign that is another letter', '\u212b', '"\\u212b"'],
    ['a mark without a letter', '\u0301a', '"\\u0301a"'],
    ['a Cyrillic letter in a Latin word', 'p\u0430ypal', '"p\\u0430ypal"'],
    ['a Greek letter in a Latin word', '\u039fffice', '"\\u039fffice"'],
    ['a letter in a word that is joined invisibly', 'p\u200dа', '"p\\u200d\\u0430"'],
    ['white space around a text', ' a\t', '" a\\t"'],
  ])('shows %s', (_what, text, shown) => {
    expect(showValue(text)).toBe(shown);
  });

  it.each([
    'Größe',
    'São Paulo',
    'Москва',
    'Ελλάδα',
    '株式会社',
    '日本X線',
    'नमस्ते',
    'مرحبا',
    '각',
    'x̂',
    '51–200',
    '👍🏽',
    '�',
  ])('leaves what everybody can read: %s', (text) => {
    expect(showValue(text)).toBe(`"${text}"`);
  });

  it('shows them within lists, objects, names and long texts too', () => {
    expect(showValue(['a\u00a0'])).toBe('["a\\u00a0"]');
    expect(showValue({ 'a\u200b': 1 })).toBe('{"a\\u200b":1}');
    expect(showValue(`\u00a0${'x'.repeat(80)}`)).toContain('"\\u00a0xxx');
    expect(showProblem({ path: 'a\u00a0b', given: '"x"', allowed: 'y\u00a0' })).toBe(
      'a\\u00a0b: given "x"; allowed: y\\u00a0',
    );
  });

  /** Returns what a reader sees: no invisible characters, one kind of space, letters composed. */
  const seen = (text: string) =>
    text
      .normalize('NFC')
      .replaceAll(/\p{DI}|\p{Cf}/gu, '')
      .replaceAll(/[\p{Z}\p{Cc}]/gu, ' ');

  it('never looks like that of another text', () => {
    const character = fc.oneof(
      fc.constantFrom(
        ...'aаeеoоcсé\u00a0\u202f\u200b\u200d\u0301\u00ad\ufeff \\"-\u212bÅ\u1100\u1161가\ud83d\ufe0f',
      ),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    const text = fc.array(character, { maxLength: 8 }).map((parts) => parts.join(''));
    const near = fc.tuple(text, fc.constantFrom('', '\u200b', '\u00a0', ' ', '\u0301', '\ufe0f'), fc.nat(8));
    fc.assert(
      fc.property(text, near, (one, [base, hidden, at]) => {
        for (const other of [
          base,
          base.slice(0, at) + hidden + base.slice(at),
          one.normalize('NFD'),
          one.normalize('NFC'),
        ]) {
          for (const third of [one, base]) {
            if (other !== third) expect(seen(showValue(other))).not.toBe(seen(showValue(third)));
          }
        }
      }),
      seeded(),
    );
  });

  it('is shown alike when it is made visible twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(visible(text))).toBe(visible(text));
      }),
      seeded(),
    );
  });
});

describe('what was given and what is allowed', () => {
  it.each([
    ['dash and hyphen', '"51–200"', '11-50, 51-200', '"51\\u2013200"', '11-50, 51-200'],
    ['Cyrillic and Latin', '"СОР"', 'COP', '"\\u0421\\u041e\\u0420"', 'COP'],
    ['Latin and Cyrillic', '"COP"', 'СОР', '"COP"', '\\u0421\\u041e\\u0420'],
    ['full width and ASCII', '"ＡＢ"', 'AB', '"\\uff21\\uff22"', 'AB'],
    ['apostrophes', '"Don’t know"', "Don't know", '"Don\\u2019t know"', "Don't know"],
  ])('differ in print if they look alike: %s', (_what, given, allowed, ...shown) => {
    expect(showApart(given, allowed)).toEqual(shown);
  });

  it.each([
    ['"МОСКВА"', 'Москва'],
    ['"51–200"', 'a number'],
    ['"x–y"', 'x–y, x-y'],
  ])('are left if they do not: %s', (given, allowed) => {
    expect(showApart(given, allowed)).toEqual([given, allowed]);
  });
});
