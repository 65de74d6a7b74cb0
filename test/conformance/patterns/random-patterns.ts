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
  fc.oneof(text, fc.constantFrom('*', 'a*', '*b', 'a*b*', 'a\\*', '\\\\*', '*\\**')),
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

/** What neither EventBridge nor we take. Most of it is what a person would write by mistake. */
const mistake = fc.oneof(
  fc.constantFrom<unknown>({}, { like: 'a' }, { prefix: 'a', suffix: 'b' }, ['a'], { exists: 'yes' }),
  fc.constantFrom<unknown>({ prefix: 1 }, { suffix: ['a', 'b'] }, { 'equals-ignore-case': ['a'] }),
  fc.constantFrom<unknown>({ numeric: ['<', 5, '>', 1] }, { numeric: ['>', 5, '<', 1] }, { numeric: [] }),
  fc.constantFrom<unknown>({ numeric: ['=', '1'] }, { numeric: ['!=', 1] }, { cidr: '10.0.0.1/32' }),
  fc.constantFrom<unknown>({ cidr: '10.0.0.1' }, { cidr: '10.0.0/8' }, { wildcard: ['a*'] }, { prefix: {} }),
  fc.constantFrom<unknown>({ 'anything-but': ['a', 1] }, { 'anything-but': [true] }, { 'anything-but': [] }),
  fc.constantFrom<unknown>({ 'anything-but': { numeric: ['=', 1] } }, { 'anything-but': { prefix: '' } }),
);

export const matcher: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: leaf, weight: 50 },
  { arbitrary: operator('prefix', fc.oneof(text, ignoringCase)), weight: 10 },
  { arbitrary: operator('suffix', fc.oneof(text, ignoringCase)), weight: 10 },
  { arbitrary: ignoringCase, weight: 7 },
  { arbitrary: wildcard, weight: 10 },
  { arbitrary: operator('numeric', fc.oneof(comparison, range)), weight: 10 },
  { arbitrary: anythingBut, weight: 15 },
  { arbitrary: operator('exists', fc.boolean()), weight: 10 },
  { arbitrary: operator('cidr', fc.constantFrom(...blocks)), weight: 5 },
  { arbitrary: mistake, weight: 2 },
);

const field = fc.array(matcher, { minLength: 1, maxLength: 3 });

const { node } = fc.letrec<{ node: Json; inner: unknown }>((tie) => ({
  inner: fc.oneof({ maxDepth: 3 }, { arbitrary: field, weight: 3 }, { arbitrary: tie('node'), weight: 2 }),
  node: fc
    .tuple(
      fc.dictionary(name, tie('inner'), { minKeys: 1, maxKeys: 3 }),
      fc.option(fc.array(tie('node'), { minLength: 1, maxLength: 3 }), { freq: 6, nil: undefined }),
    )
    // Behind the other fields or before them: AWS's matcher reads a pattern from front to back.
    .map(([fields, either]) => (either === undefined ? fields : { ...fields, $or: either })),
}));

/** Patterns with all operators, nested fields and `$or`; a few of them are refused. */
export const pattern: fc.Arbitrary<Json> = node;
