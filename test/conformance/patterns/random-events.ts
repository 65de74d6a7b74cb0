import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { addresses, leaf, number, text } from './leaves.ts';

type Json = Record<string, unknown>;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const firstText = (argument: unknown): string => {
  const inner = isRecord(argument) ? Object.values(argument)[0] : argument;
  return String(Array.isArray(inner) ? inner[0] : inner);
};

const swapCase = (given: string): string =>
  given.replaceAll(/./gsu, (one) => (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase()));

const folded = (argument: unknown): fc.Arbitrary<string> =>
  isRecord(argument)
    ? fc.constantFrom(firstText(argument), swapCase(firstText(argument)))
    : fc.constant(firstText(argument));

/** Draws numbers at the bounds of an argument and beside them. */
const around = (argument: unknown): fc.Arbitrary<number> => {
  const bounds = (Array.isArray(argument) ? argument : []).filter((part) => typeof part === 'number');
  return bounds.length === 0
    ? number
    : fc.constantFrom(...bounds.flatMap((one) => [one, one + 1, one - 1, one + 0.5]));
};

/**
 * Returns whether parts were not joined by chance to an IPv6 address, such as `ab0::1`: whether a block of IPv4
 * addresses takes it is the first of the known differences.
 */
const isNoNewAddress = (joined: string): boolean => !isIPv6(joined) || addresses.includes(joined);

/** Values that an operator is likely to match. */
const meant: Readonly<Record<string, (argument: unknown) => fc.Arbitrary<unknown>>> = {
  prefix: (argument) =>
    fc
      .tuple(folded(argument), text)
      .map(([start, rest]) => start + rest)
      .filter(isNoNewAddress),
  suffix: (argument) =>
    fc
      .tuple(text, folded(argument))
      .map(([rest, end]) => rest + end)
      .filter(isNoNewAddress),
  'equals-ignore-case': (argument) => folded({ argument }),
  wildcard: (argument) =>
    text
      .map((some) => firstText(argument).replaceAll(/\\(.)|\*/gs, (_, escaped?: string) => escaped ?? some))
      .filter(isNoNewAddress),
  numeric: around,
  cidr: () => fc.constantFrom(...addresses),
  'anything-but': (argument) => (isRecord(argument) ? fc.oneof(leaf, buildValue(argument)) : leaf),
  exists: () => leaf,
};

const buildValue = (matcher: unknown): fc.Arbitrary<unknown> => {
  if (!isRecord(matcher)) return Array.isArray(matcher) ? leaf : fc.constant(matcher);
  const [name = '', argument] = Object.entries(matcher)[0] ?? [];
  const build = Object.hasOwn(meant, name) ? meant[name] : undefined;
  return build === undefined ? leaf : build(argument);
};

const absent = Symbol('absent');

/**
 * Draws a value that one of the matchers matches in most cases, else another one, several values, an object, or none.
 */
const buildField = (matchers: readonly unknown[]): fc.Arbitrary<unknown> => {
  const wanted = matchers.length === 0 ? leaf : fc.oneof(...matchers.map(buildValue));
  const wantsNothing = matchers.some((one) => isRecord(one) && one.exists === false);
  return fc.oneof(
    { arbitrary: wanted, weight: wantsNothing ? 4 : 30 },
    { arbitrary: fc.constant(absent), weight: wantsNothing ? 10 : 1 },
    { arbitrary: leaf, weight: 2 },
    {
      arbitrary: fc.array(fc.oneof(wanted, leaf, fc.array(wanted, { maxLength: 2 })), { maxLength: 3 }),
      weight: 3,
    },
    { arbitrary: fc.dictionary(fc.constantFrom('a', 'b'), leaf, { maxKeys: 2 }), weight: 1 },
  );
};

const buildInside = (inner: unknown): fc.Arbitrary<unknown> => {
  if (Array.isArray(inner)) return buildField(inner);
  if (!isRecord(inner)) return leaf;
  const one = buildEvent(inner);
  return fc.oneof(
    { arbitrary: one, weight: 8 },
    // Some elements are cut in half, so that a match would have to combine fields of different elements.
    { arbitrary: fc.array(fc.oneof(one, halved(one), leaf), { minLength: 1, maxLength: 3 }), weight: 3 },
    { arbitrary: fc.oneof(leaf, fc.constant(absent)), weight: 1 },
  );
};

const halved = (event: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc
    .tuple(event, fc.boolean())
    .map(([all, even]) =>
      Object.fromEntries(Object.entries(all).filter((_, index) => (index % 2 === 0) === even)),
    );

const merged = (some: Json, more: Json): Json => {
  const all = { ...some };
  for (const [name, value] of Object.entries(more)) {
    const before = all[name];
    all[name] = isRecord(before) && isRecord(value) ? merged(before, value) : value;
  }
  return all;
};

/** Draws events for a pattern, which match it about half the time. */
export const buildEvent = (pattern: Json): fc.Arbitrary<Json> => {
  const { $or, ...fields } = pattern;
  const plain = fc
    .tuple(
      ...Object.entries(fields).map(([name, inner]) =>
        buildInside(inner).map((value) => [name, value] as const),
      ),
    )
    .map((entries) => Object.fromEntries(entries.filter(([, value]) => value !== absent)));
  const alternatives = (Array.isArray($or) ? $or : []).filter(isRecord);
  if (alternatives.length === 0) return plain;
  return fc.tuple(plain, fc.oneof(...alternatives.map(buildEvent))).map(([some, more]) => merged(some, more));
};
