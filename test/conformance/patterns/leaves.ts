import fc from 'fast-check';

// Few and short values, so that a pattern often matches an event, among them some that matchers easily get wrong.

export const addresses = ['10.0.0.1', '10.0.0.01', '10.200.3.4', '192.168.7.9', '::1', '0::1', '2001:db8::5'];
export const blocks = ['10.0.0.0/8', '10.0.0.1/30', '192.168.0.0/16', '2001:db8::/32'];

/** Draws characters that are special in patterns, in regular expressions, and in conversions of case. */
const unit = fc.constantFrom('a', 'b', 'A', 'B', 'ß', 'é', 'É', '*', '\\', '.', '$', ' ', '0');
const plain = fc.constantFrom('', 'a', 'ab', 'abc', 'AB', 'b', 'SS', 'ß', 'null', '1', 'true');

export const text = fc.oneof(
  { arbitrary: plain, weight: 6 },
  { arbitrary: fc.string({ unit, maxLength: 4 }), weight: 3 },
  { arbitrary: fc.constantFrom(...addresses), weight: 1 },
);
export const number = fc.constantFrom(0, 1, -1, 2, 1.5, 100, 300, -2.25, 0.000001, 4_999_999_999, -5e9);

export const leaf: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: text, weight: 5 },
  { arbitrary: number, weight: 3 },
  { arbitrary: fc.constantFrom(true, false, null), weight: 1 },
);

export const name = fc.oneof(
  { arbitrary: fc.constantFrom('a', 'b', 'c', 'detail-type'), weight: 20 },
  { arbitrary: fc.constantFrom('x.y', 'prefix', 'toString'), weight: 1 },
);
