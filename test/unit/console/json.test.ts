import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatJson } from '../../../console/parts/json/format-json.ts';
import { scanJson } from '../../../console/parts/json/scan-json.ts';
import { findOffset, positionOf } from '../../../console/parts/json/text-position.ts';

describe('scanJson', () => {
  it('finds a fault in exactly the texts that JSON.parse refuses', () => {
    const almost = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', ':', '0', '-', ' ', '\n', 'x', '\\'),
      )
      .map(([text, at, instead]) => {
        const cut = at % (text.length + 1);
        return text.slice(0, cut) + instead + text.slice(cut + (at % 2));
      });
    fc.assert(
      fc.property(fc.oneof(almost, fc.json(), fc.string()), (text) => {
        const isJson = (() => {
          try {
            JSON.parse(text);
            return true;
          } catch {
            return false;
          }
        })();
        expect(scanJson(text).fault === undefined).toBe(isJson);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['{"a": 1,}', { expected: 'name', offset: 8 }],
    ['{"a" 1}', { expected: 'colon', offset: 5 }],
    ['{"a": }', { expected: 'value', offset: 6 }],
    ['[1 2]', { expected: 'comma-or-end', offset: 3 }],
    ['[1,]', { expected: 'value', offset: 3 }],
    ['{} {}', { expected: 'nothing-more', offset: 3 }],
    ['', { expected: 'value', offset: 0 }],
    ['{"a": 1', { expected: 'comma-or-end', offset: 7 }],
    ["{'a': 1}", { expected: 'name', offset: 1 }],
  ])('says of %s what is expected, and where', (text, fault) => {
    expect(scanJson(text).fault).toEqual(fault);
  });

  it('reads text that is nested a hundred thousand deep', () => {
    expect(scanJson('['.repeat(100_000)).fault).toEqual({ expected: 'value', offset: 100_000 });
  });
});

describe('findOffset', () => {
  const text = '{\n  "detail": {\n    "data": { "tags": ["a", 7] }\n  }\n}';
  const { places } = scanJson(text);

  it.each([
    ['detail.data.tags[1]', { line: 3, column: 29 }],
    ['detail.data.tags[4]', { line: 3, column: 23 }],
    ['detail.data.stage', { line: 3, column: 13 }],
    ['detail.metadata.eventId', { line: 2, column: 13 }],
    ['source', { line: 1, column: 1 }],
    ['(the whole)', { line: 1, column: 1 }],
  ])('finds the value at %s, or the one around it', (path, position) => {
    expect(positionOf(text, findOffset(places, path))).toEqual(position);
  });
});

describe('formatJson', () => {
  it('changes nothing but white space', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        const shown = formatJson(text);
        expect(JSON.stringify(JSON.parse(shown))).toBe(JSON.stringify(JSON.parse(text)));
        expect(formatJson(shown)).toBe(shown);
      }),
    );
  });

  it('keeps numbers as they came', () => {
    expect(formatJson('{"amount":12345678901234567890.10,"list":[],"none":{}}')).toBe(
      '{\n  "amount": 12345678901234567890.10,\n  "list": [],\n  "none": {}\n}',
    );
  });

  it('leaves a text that is no JSON as it is', () => {
    expect(formatJson('{"a": [1,')).toBe('{"a": [1,');
  });
});
