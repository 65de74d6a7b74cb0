import fc from 'fast-check';

/** Characters that control a terminal, hide, or turn a line around, and a line that pretends to be output of ours. */
const controls = fc.constantFrom(
  '\u001b[2J\u001b[31m',
  '\u001b]0;title\u0007',
  '\u009b31m',
  '\u0000\b\r',
  '\u007f',
  '\u202e',
  '\u2066x\u2069',
  '\u200e\u200f\u061c',
  '\u200b\u2060\ufeff',
  '\u2028\u2029',
  '\u{e0041}\u{e007f}',
  '\ud800',
  '\udc00x',
  '\u3164',
  '\nFORGED: all is well',
  '\r\nFORGED',
  '\t=cmd()',
);

const words = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  '-1+1',
  '--help',
  '=HYPERLINK("http://x")',
  '../../etc/passwd',
  '%zz',
  '$&$1',
  '�',
  '👩\u200d🚀',
  'می\u200cخواهم',
  'x'.repeat(3_000),
  '',
);

/** A text of a stranger. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(controls, words, fc.string({ unit: 'binary', maxLength: 8 }), fc.string({ maxLength: 8 })),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((parts) => parts.join(''));

const nested = (levels: number): string => `${'['.repeat(levels)}1${']'.repeat(levels)}`;
const nestedObjects = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

const digits = fc
  .tuple(fc.integer({ min: 1, max: 420 }), fc.constantFrom('', 'e9', 'e99', 'e-400', '.5', 'E+308'))
  .map(([length, end]) => `${'7'.repeat(length)}${end}`);

/** JSON whose numbers, depth or names are out of the ordinary. */
const oddJson = fc.oneof(
  fc.constantFrom(
    '1e400',
    '-1e999',
    '1e-400',
    '-0',
    '9007199254740993',
    'null',
    'true',
    '{"__proto__":{"polluted":true}}',
    '{"a":1,"a":2}',
    '[1e400]',
  ),
  digits,
  fc.constantFrom(10, 40, 500, 1_500, 2_000).map(nested),
  fc.constantFrom(10, 40, 500, 1_500, 2_000).map(nestedObjects),
);

/** The text of a JSON value of a stranger. */
const hostileJson: fc.Arbitrary<string> = fc.oneof(
  hostileText.map((text) => JSON.stringify(text)),
  oddJson,
);

const listPaths = (value: unknown, path: readonly string[] = []): string[][] =>
  typeof value === 'object' && value !== null
    ? [[...path], ...Object.entries(value).flatMap(([key, inner]) => listPaths(inner, [...path, key]))]
    : [[...path]];

/** Returns a copy in which the value at a path is another one, or has another name. */
const replaceAt = (value: unknown, path: readonly string[], put: unknown, rename?: string): unknown => {
  const [key, ...rest] = path;
  if (key === undefined) return put;
  const entries = Object.entries(value as object).map(([name, inner]): [string, unknown] => {
    if (name !== key) return [name, inner];
    if (rest.length > 0) return [name, replaceAt(inner, rest, put, rename)];
    return rename === undefined ? [name, put] : [rename, inner];
  });
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
};

const mark = '@hostile@';

/** The text of one of the documents with a stranger's value, or a stranger's name, in one place. */
export const hostileVersionOf = (documents: readonly unknown[]): fc.Arbitrary<string> =>
  fc
    .record({
      document: fc.constantFrom(...documents),
      at: fc.nat(),
      json: hostileJson,
      name: fc.option(hostileText, { freq: 3, nil: undefined }),
    })
    .map(({ document, at, json, name }) => {
      const paths = listPaths(document);
      const path = paths[at % paths.length] ?? [];
      return JSON.stringify(replaceAt(document, path, mark, name)).replace(`"${mark}"`, () => json);
    });
