import fc from 'fast-check';
import { blocks, leaf, name, number, text } from './leaves.ts';

type Json = Record<string, unknown>;

const operator = (named: string, argument: fc.Arbitrary<unknown>): fc.Arbitrary<Json> =>
  argument.map((value) => ({ [named]: value }));

const oneOrSome = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 }));

const ignoringCase = operator('equals-ignore-case', text);
const wildcard = operator(
  'wildcard',
  fc.oneof(
    { arbitrary: text, weight: 1 },
    { arbitrary: fc.constantFrom('*', 'a*', '*b', 'a*b*', 'a\\*', '\\\\*', '*\\**', '*.*'), weight: 4 },
  ),
);

const range = fc
  .tuple(fc.constantFrom('>', '>='), number, fc.constantFrom('<', '<='), number)
  .map(([from, low, to, high]) => [from, Math.min(low, high), to, Math.max(low, high)]);
const comparison = fc.tuple(fc.constantFrom('=', '<', '<=', '>', '>='), number);

const anythingBut = operator(
  'anything-but',
  fc.oneof(
    oneOrSome(text),
    oneOrSome(number),
    ...['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].map((named) =>
      operator(named, oneOrSome(text)),
    ),
  ),
);

/** Matchers that neither EventBridge nor the local runtime accepts, most of which a person might write by mistake. */
const mistake = fc.oneof(
  fc.constantFrom<unknown>({}, { like: 'a' }, { prefix: 'a', suffix: 'b' }, ['a'], { exists: 'yes' }),
  fc.constantFrom<unknown>({ prefix: 1 }, { suffix: ['a', 'b'] }, { 'equals-ignore-case': ['a'] }),
  fc.constantFrom<unknown>({ numeric: ['<', 5, '>', 1] }, { numeric: ['>', 5, '<', 1] }, { numeric: [] }),
  fc.constantFrom<unknown>({ numeric: ['=', '1'] }, { numeric: ['!=', 1] }, { cidr: '10.0.0.1/32' }),
  fc.constantFrom<unknown>({ cidr: '10.0.0.1' }, { cidr: '10.0.0/8' }, { wildcard: ['a*'] }, { prefix: {} }),
  fc.constantFrom<unknown>({ 'anything-but': ['a', 1] }, { 'anything-but': [true] }, { 'anything-but': [] }),
  fc.constantFrom<unknown>({ 'anything-but': { numeric: ['=', 1] } }, { 'anything-but': { prefix: '' } }),
);

const matcher: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: leaf, weight: 50 },
  { arbitrary: operator('prefix', fc.oneof(text, ignoringCase)), weight: 10 },
  { arbitrary: operator('suffix', fc.oneof(text, ignoringCase)), weight: 10 },
  { arbitrary: ignoringCase, weight: 7 },
  { arbitrary: wildcard, weight: 10 },
  { arbitrary: operator('numeric', fc.oneof(comparison, range)), weight: 10 },
  { arbitrary: anythingBut, weight: 15 },
  { arbitrary: operator('exists', fc.boolean()), weight: 10 },
  { arbitrary: operator('cidr', fc.constantFrom(...blocks)), weight: 5 },
  { arbitrary: mistake, weight: 1 },
);

const field = fc.array(matcher, { minLength: 1, maxLength: 2 });

/** Adds `$or` to fields. A field may be beside `$or` or in it, not in both; some patterns violate that. */
const withAlternatives = (fields: Json, either: readonly Json[], forgotten: boolean): Json => {
  const $or = either.map((one) =>
    Object.fromEntries(Object.entries(one).filter(([named]) => forgotten || !Object.hasOwn(fields, named))),
  );
  return { ...fields, $or: $or.filter((one) => Object.keys(one).length > 0) };
};

const rarely = (times: number) => fc.integer({ min: 1, max: times }).map((drawn) => drawn === times);

const { node } = fc.letrec<{ node: Json; inner: unknown; fields: Json }>((tie) => ({
  inner: fc.oneof({ maxDepth: 3 }, { arbitrary: field, weight: 3 }, { arbitrary: tie('node'), weight: 2 }),
  fields: fc.dictionary(name, tie('inner'), { minKeys: 1, maxKeys: 3 }),
  node: fc.oneof(
    { arbitrary: tie('fields'), weight: 6 },
    {
      arbitrary: fc
        .tuple(tie('fields'), fc.array(tie('fields'), { minLength: 2, maxLength: 3 }), rarely(8))
        .map(([fields, either, forgotten]) => withAlternatives(fields, either, forgotten)),
      weight: 1,
    },
  ),
}));

/** Patterns with all operators, nested fields and `$or`; a few of them are refused. */
export const pattern: fc.Arbitrary<Json> = node;
