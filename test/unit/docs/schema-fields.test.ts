import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { markedTables } from '../../support/docs.ts';
import { collectFields, fieldProblems } from './schema-fields.ts';

const size = z.strictObject({ from: z.number().min(1).max(50) });
const schema = z.strictObject({
  name: z.string().max(20),
  kind: z.enum(['small', 'large']).default('small'),
  either: z.union([z.strictObject({ a: z.int() }), z.strictObject({ b: z.boolean().optional() })]).optional(),
  sizes: z.record(z.string(), size),
  first: size.optional(),
});

const right = `
<!-- fields: thing -->

| field | value | default |
|---|---|---|
| \`name\` | at most 20 characters | required |
| \`kind\` | \`small\` or \`large\` | \`small\` |
| \`either\`, \`first\` | object | none |
| \`sizes\` | object | required |

<!-- fields: either -->

| field | value | default |
|---|---|---|
| \`a\` | whole number | required |
| \`b\` | true or false | none |

<!-- fields: sizes.* -->
| field | value | default |
|---|---|---|
| \`from\` | 1 to 50 | required |
`;

const problems = (text: string): string[] =>
  fieldProblems(collectFields(schema, { '': 'thing' }), markedTables(text));

describe('the check of the tables of fields', () => {
  it('passes a document that says all of a schema', () => expect(problems(right)).toEqual([]));

  it.each([
    ['lacks a field', '| `name` | at most 20 characters | required |\n', '', 'thing: no row for name'],
    ['lacks one alternative of a union', '| `b` | true or false | none |\n', '', 'either: no row for b'],
    ['lacks an object', '<!-- fields: sizes.* -->', '', 'sizes.*: no row for from'],
    [
      'names a field that is gone',
      '`kind`',
      '`kind`, `sort`',
      'thing: a row for sort, which the schema lacks',
    ],
    ['says an old limit', 'at most 20', 'at most 200', 'thing: the row of name does not say 20'],
    ['says a part of a limit', '1 to 50', '1 to 50.5', 'sizes.*: the row of from does not say 50'],
    ['lacks an allowed value', ' or `large`', '', 'thing: the row of kind does not say large'],
    [
      'does not say that a field is required',
      '20 characters | required',
      '20 characters | none',
      'thing: name is required, and its row says otherwise',
    ],
    [
      'says that an optional field is required',
      '| true or false | none',
      '| true or false | required',
      'either: b is optional, and its row says otherwise',
    ],
    [
      'mentions a field outside of its table alone',
      '| `a` | whole',
      '| a `thing` | whole',
      'either: no row for a',
    ],
  ])('finds one that %s', (_, part, changed, problem) => {
    const text = right.replace(part, changed);
    expect(text).not.toBe(right);
    expect(problems(text)).toContain(problem);
  });
});
