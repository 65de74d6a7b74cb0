import { describe, expect, it } from 'vitest';
import { CliError } from '../../../cli/errors.ts';
import { formatError } from '../../../cli/format-error.ts';
import { ImportError } from '../../../cli/import/import-error.ts';
import { formatJson, printable } from '../../../cli/output/printable.ts';

/** Characters that a terminal obeys or hides. */
const refused = {
  'a C0 control character': '\u001b',
  'a line break': '\n',
  'a tab': '\t',
  DEL: '\u007f',
  'a C1 control character': '\u009b',
  'an override of the direction': '\u202e',
  'an isolate of a direction': '\u2066',
  'a mark of a direction': '\u200f',
  'the Arabic letter mark': '\u061c',
  'a zero-width space': '\u200b',
  'a word joiner': '\u2060',
  'a byte order mark': '\ufeff',
  'a soft hyphen': '\u00ad',
  'a tag': '\u{e0041}',
  'a line separator': '\u2028',
  'a paragraph separator': '\u2029',
  'half of a surrogate pair': '\ud800',
  'a letter that is always blank': '\u3164',
};

/** Names and signs that are spelled with characters which others of their kind are refused for. */
const taken = ['Zoë', 'می\u200cخواهم', 'क्\u200dष', '葛\u{e0100}城', '👩\u200d🚀', '❤\ufe0f', 'a b', '→ – �'];

describe('text from outside', () => {
  it.each(Object.entries(refused))('is shown with � in place of %s', (_, character) =>
    expect(printable(`a${character}b`)).toBe('a�b'),
  );

  it.each(taken)('is shown as it is if it is spelled so: %s', (text) => expect(printable(text)).toBe(text));
});

describe('JSON output', () => {
  it.each(Object.entries(refused))('has %s escaped, and parses to the same text', (_, character) => {
    const json = formatJson({ [`k${character}`]: `v${character}` });
    expect(printable(json)).toBe(json);
    expect(JSON.parse(json)).toEqual({ [`k${character}`]: `v${character}` });
  });

  it('keeps the line breaks of its indentation, and no others', () =>
    expect(formatJson({ a: 'b\nc' }, 2)).toBe('{\n  "a": "b\\nc"\n}'));
});

describe('an error', () => {
  it('is shown with its details below it', () => {
    const problems = [{ path: 'a\nb', given: '1', allowed: '2' }];
    expect(formatError(new ImportError('headers-invalid', 'wrong:', problems))).toEqual([
      'sluice: wrong:',
      '  a\\u000ab: given 1; allowed: 2',
    ]);
  });

  it('is one line if it has no details, also if a value in it has a line break', () =>
    expect(formatError(new CliError('X', 'no lead a\nb'))).toEqual(['sluice: no lead a\nb']));

  it('is shown with its name if a service answers with it', () => {
    const error = Object.assign(new Error('gone'), { name: 'ResourceNotFoundException', $metadata: {} });
    expect(formatError(error)).toEqual(['sluice: ResourceNotFoundException: gone']);
  });

  it('is shown with its stack if it is a bug', () =>
    expect(formatError(new TypeError('x is not a function')).join('\n')).toMatch(
      /^TypeError: x is not a function\n {4}at /,
    ));
});
