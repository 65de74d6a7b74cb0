import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNumberReader, type NumberOptions } from '../../../shared/mapping/number-format.ts';

const read = (text: string, options: NumberOptions = {}) => createNumberReader(options)(text);

describe('a number', () => {
  it.each<[string, NumberOptions, number]>([
    ['$4,500.00', { thousands: ',' }, 4500],
    ['€ 980', { thousands: ',' }, 980],
    ['980 €', {}, 980],
    ['US$ 12', {}, 12],
    ['R$12', {}, 12],
    ['EUR 1.250,50', { thousands: '.', decimal: ',' }, 1250.5],
    ['1250.50 CHF', {}, 1250.5],
    ['₹12,34,567.5', { thousands: ',' }, 1_234_567.5],
    ['12%', {}, 12],
    ['12,5 %', { decimal: ',' }, 12.5],
    ['%12', {}, 12],
    ['(1,250.00)', { thousands: ',' }, -1250],
    ['($1,250.00)', { thousands: ',' }, -1250],
    ['-$5', {}, -5],
    ['$-5', {}, -5],
    ['$ -5', {}, -5],
    ['5-', {}, -5],
    ['\u22125', {}, -5],
    ['+5', {}, 5],
    ['.5', {}, 0.5],
    ['5.', {}, 5],
    ['1.5e3', {}, 1500],
    ['1 250', { thousands: ' ' }, 1250],
    ['1\u00a0250', { thousands: ' ' }, 1250],
    ['1\u202f250\u202f000', { thousands: ' ' }, 1_250_000],
    ['1\u2009250', { thousands: ' ' }, 1250],
    ['1250', { thousands: ' ' }, 1250],
    ["1'250.5", { thousands: "'" }, 1250.5],
    ['1’250.5', { thousands: "'" }, 1250.5],
    ['12 pts', { signs: ['pts'] }, 12],
    ['9007199254740992', {}, 9_007_199_254_740_992],
    ['1e23', {}, 1e23],
    ['0.1234567890123456789', {}, 0.123_456_789_012_345_68],
  ])('%s is read with %j as %s', (text, options, value) => {
    expect(read(text, options)).toEqual({ value });
  });

  it.each<[string, NumberOptions]>([
    ['', {}],
    ['$', {}],
    ['twelve', {}],
    ['12 apples', {}],
    ['5%%', {}],
    ['$12', { signs: ['€'] }],
    ['12%', { signs: [] }],
    ['--5', {}],
    ['-(5)', {}],
    ['-5-', {}],
    ['(5', {}],
    ['5)', {}],
    ['1,25', { thousands: ',' }],
    ['12,50,00', { thousands: ',' }],
    ['1\u00a0250', {}],
    ['1 2 3', { thousands: ' ' }],
    ['1e999', {}],
    ['0x10', {}],
    ['١٢', {}],
  ])('%j is none with %j', (text, options) => {
    const { value, allowed } = read(text, options) as { value?: number; allowed?: string };
    expect(value).toBeUndefined();
    expect(allowed).toMatch(/^a number, written as 1.?250.5$/);
  });

  it.each(['9007199254740993', '-9007199254740993', '12345678901234567890', '1234567890123456789.5'])(
    '%s would lose digits, and is refused with a way out',
    (text) => {
      expect(read(text)).toEqual({
        allowed: 'a number of at most 15 digits; or "type": "string", which keeps all of them',
      });
    },
  );

  it('is read back as JavaScript writes it for a language', () => {
    const locales: [string, NumberOptions][] = [
      ['en-US', { thousands: ',' }],
      ['de-DE', { thousands: '.', decimal: ',' }],
      ['fr-FR', { thousands: ' ', decimal: ',' }],
      ['de-CH', { thousands: "'" }],
      ['en-IN', { thousands: ',' }],
      ['sv-SE', { thousands: ' ', decimal: ',' }],
      ['pl-PL', { thousands: ' ', decimal: ',' }],
    ];
    const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((value) => value / 100);
    fc.assert(
      fc.property(cents, fc.constantFrom(...locales), (value, [locale, options]) => {
        for (const currency of [undefined, 'EUR', 'USD', 'INR']) {
          const style = currency === undefined ? {} : { style: 'currency', currency };
          const text = value.toLocaleString(locale, { ...style, maximumFractionDigits: 2 } as object);
          expect(read(text, options).value, text).toBeCloseTo(value, 6);
        }
      }),
    );
  });
});
